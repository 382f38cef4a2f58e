package org.ringward.core.totem;

/**
 * Frames that are free for use, by the size of their arrays: powers of two, so that a short frame
 * does not keep the 64 KiB a long one may need. Made when none is left. What is kept is bounded;
 * when there is too much, those go whose size has not been asked for longest.
 */
final class FramePool {
  /** Bytes of free frames that are kept. */
  private static final long KEPT_MAX = 32L * 1024 * 1024;

  private static final int SMALLEST_SHIFT = 7;
  private static final int LARGEST_SHIFT = 16;

  private final SizeClass[] classes = new SizeClass[LARGEST_SHIFT - SMALLEST_SHIFT + 1];
  private long clock;
  private long keptBytes;
  private long usedBytes;

  /** Free frames of one size. */
  private static final class SizeClass {
    private StoredFrame[] free = new StoredFrame[16];
    private int size;
    private long lastTaken;

    void add(StoredFrame frame) {
      if (size == free.length) {
        StoredFrame[] grown = new StoredFrame[2 * size];
        System.arraycopy(free, 0, grown, 0, size);
        free = grown;
      }
      free[size++] = frame;
    }
  }

  FramePool() {
    for (int i = 0; i < classes.length; i++) {
      classes[i] = new SizeClass();
    }
  }

  /** A frame with room for that many bytes, at most 64 KiB. */
  StoredFrame take(int length) {
    SizeClass sizes = classes[index(length)];
    sizes.lastTaken = ++clock;
    int capacity = 1 << (index(length) + SMALLEST_SHIFT);
    usedBytes += capacity;
    if (sizes.size == 0) {
      return new StoredFrame(capacity);
    }
    keptBytes -= capacity;
    return sizes.free[--sizes.size];
  }

  void giveBack(StoredFrame frame) {
    usedBytes -= frame.bytes.length;
    keptBytes += frame.bytes.length;
    classes[index(frame.bytes.length)].add(frame);
    while (keptBytes > KEPT_MAX) {
      dropOldest();
    }
  }

  private void dropOldest() {
    int oldest = -1;
    for (int i = 0; i < classes.length; i++) {
      if (classes[i].size > 0 && (oldest < 0 || classes[i].lastTaken < classes[oldest].lastTaken)) {
        oldest = i;
      }
    }
    classes[oldest].size--;
    keptBytes -= 1L << (oldest + SMALLEST_SHIFT);
  }

  /** Bytes of the frames that are in use. */
  long usedBytes() {
    return usedBytes;
  }

  /** Bytes of the frames that are free. */
  long keptBytes() {
    return keptBytes;
  }

  private static int index(int length) {
    int shift = 32 - Integer.numberOfLeadingZeros(Math.max(1, length) - 1);
    return Math.max(shift, SMALLEST_SHIFT) - SMALLEST_SHIFT;
  }
}
