package org.ringward.core.totem;

/** Frames that are free for use; made when none is left, bounded in what it keeps. */
final class FramePool {
  private static final int KEPT_MAX = 1024;

  private final int frameMax;
  private final StoredFrame[] free = new StoredFrame[KEPT_MAX];
  private int size;

  FramePool(int frameMax) {
    this.frameMax = frameMax;
  }

  StoredFrame take() {
    return size > 0 ? free[--size] : new StoredFrame(frameMax);
  }

  void giveBack(StoredFrame frame) {
    if (size < KEPT_MAX && frame.bytes.length <= frameMax) {
      free[size++] = frame;
    }
  }
}
