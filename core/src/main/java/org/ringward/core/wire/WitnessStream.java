package org.ringward.core.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Cuts a stream of bytes into the frames of {@link WitnessCodec}. Holds at most one frame. */
public final class WitnessStream {
  private final int most;
  private byte[] held = new byte[256];
  private int length;
  private int taken;

  public WitnessStream() {
    this(WitnessCodec.BYTES_MOST);
  }

  /**
   * @param most the most bytes of a frame
   */
  public WitnessStream(int most) {
    this.most = most;
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
      held = Arrays.copyOf(held, length + count);
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
    int have = length - taken;
    if (have < 2 || isBroken()) {
      return null;
    }
    int size = Bytes.uint16(held, taken, false);
    if (have < 2 + size) {
      return null;
    }
    byte[] frame = Arrays.copyOfRange(held, taken + 2, taken + 2 + size);
    taken += 2 + size;
    if (taken == length && held.length > 1024) {
      held = new byte[256];
      taken = 0;
      length = 0;
    }
    return frame;
  }

  /** Whether a frame that has begun is too long. */
  public boolean isBroken() {
    return !isSane();
  }
}
