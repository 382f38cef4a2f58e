package org.ringward.core.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Cuts a stream of bytes into the frames of {@link WitnessCodec}. Holds at most one frame. */
public final class WitnessStream {
  private static final int KEPT = 1024;
  private static final int SMALLEST = 256;

  private final int most;
  private final int kept;
  private byte[] held = new byte[SMALLEST];
  private int length;
  private int taken;
  private int frameAt;
  private int frameLength;

  public WitnessStream() {
    this(WitnessCodec.BYTES_MOST);
  }

  /**
   * @param most the most bytes of a frame
   */
  public WitnessStream(int most) {
    this(most, KEPT);
  }

  /**
   * @param most the most bytes of a frame
   * @param kept more memory than that is given back while nothing waits
   */
  public WitnessStream(int most, int kept) {
    this.most = most;
    this.kept = kept;
  }

  /**
   * Bytes that have come. Take all frames before the next ones.
   *
   * @return false when a frame is too long: nothing that follows can be understood
   */
  public boolean put(byte[] bytes, int offset, int count) {
    System.arraycopy(held, taken, held, 0, length - taken);
    length -= taken;
    taken = 0;
    if (length + count > held.length) {
      held = Arrays.copyOf(held, Math.max(length + count, Math.min(kept, 2 * held.length)));
    }
    System.arraycopy(bytes, offset, held, length, count);
    length += count;
    return isSane();
  }

  private boolean isSane() {
    return length - taken < 2 || Bytes.uint16(held, taken, false) <= most;
  }

  /** The next whole frame without its length, null when it is not complete or broken. */
  public byte @Nullable [] take() {
    if (!next()) {
      return null;
    }
    byte[] frame = Arrays.copyOfRange(held, frameAt, frameAt + frameLength);
    if (taken == length && held.length > kept) {
      held = new byte[SMALLEST];
      taken = 0;
      length = 0;
    }
    return frame;
  }

  /**
   * Goes to the next whole frame, for {@link #bytes}; nothing is copied.
   *
   * @return false when it is not complete or broken
   */
  public boolean next() {
    int have = length - taken;
    if (have < 2 || isBroken()) {
      return false;
    }
    int size = Bytes.uint16(held, taken, false);
    if (have < 2 + size) {
      return false;
    }
    frameAt = taken + 2;
    frameLength = size;
    taken += 2 + size;
    return true;
  }

  /** Where the frame of {@link #next} is, until more is put. */
  public byte[] bytes() {
    return held;
  }

  /** Where in {@link #bytes} it begins, behind its length. */
  public int frameAt() {
    return frameAt;
  }

  /** Its bytes, without its length. */
  public int frameLength() {
    return frameLength;
  }

  /** Whether a frame that has begun is too long. */
  public boolean isBroken() {
    return !isSane();
  }
}
