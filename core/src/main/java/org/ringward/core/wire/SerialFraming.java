package org.ringward.core.wire;

/**
 * Frames on a serial line, as RFC 1662 has them for asynchronous lines: a flag at both ends, bytes
 * that a line may take for its own signs escaped, and a CRC-32 (little-endian) behind the content.
 * An object takes in the bytes of one line, whatever they are. Nothing is allocated.
 */
public final class SerialFraming {
  /** Bytes of the longest content. */
  public static final int CONTENT_MAX = HeartbeatFrame.LENGTH_MAX;

  /** Bytes that the longest frame may become. */
  public static final int ENCODED_MAX = 2 * (CONTENT_MAX + 4) + 2;

  private static final byte FLAG = 0x7E;
  private static final byte ESCAPE = 0x7D;
  private static final int FLIP = 0x20;
  private static final byte XON = 0x11;
  private static final byte XOFF = 0x13;

  private final byte[] frame = new byte[CONTENT_MAX + 4];
  private int length;
  private boolean inside;
  private boolean escaped;
  private int complete;
  private long frames;
  private long noise;
  private long wrong;
  private long noiseAtLastFrame;

  /** Encodes a content; the number of bytes written to the beginning of the target. */
  public static int encode(byte[] content, int offset, int length, byte[] target) {
    int end = 0;
    target[end++] = FLAG;
    for (int at = 0; at < length; at++) {
      end = escape(content[offset + at], target, end);
    }
    int crc = Crc32.of(content, offset, length);
    for (int shift = 0; shift < 32; shift += 8) {
      end = escape((byte) (crc >>> shift), target, end);
    }
    target[end++] = FLAG;
    return end;
  }

  private static int escape(byte value, byte[] target, int end) {
    int next = end;
    if (value == FLAG || value == ESCAPE || value == XON || value == XOFF) {
      target[next++] = ESCAPE;
      target[next++] = (byte) (value ^ FLIP);
    } else {
      target[next++] = value;
    }
    return next;
  }

  /** Takes in a byte; true when it completed a frame, which {@link #content} has then. */
  public boolean take(byte value) {
    if (value == FLAG) {
      boolean whole = end();
      inside = true;
      escaped = false;
      length = 0;
      return whole;
    }
    if (!inside) {
      noise++;
      return false;
    }
    if (value == ESCAPE && !escaped) {
      escaped = true;
      return false;
    }
    if (length == frame.length) {
      // No frame of ours is that long: wait for the next flag.
      inside = false;
      noise += length + 1;
      return false;
    }
    frame[length++] = escaped ? (byte) (value ^ FLIP) : value;
    escaped = false;
    return false;
  }

  private boolean end() {
    if (!inside || length == 0) {
      return false;
    }
    int content = length - 4;
    if (content <= 0 || escaped || Bytes.int32(frame, content, false) != crc(content)) {
      wrong++;
      noise += length;
      return false;
    }
    frames++;
    noiseAtLastFrame = noise;
    complete = content;
    return true;
  }

  private int crc(int content) {
    return Crc32.of(frame, 0, content);
  }

  /** The array whose beginning has the content of the frame that was completed last. */
  public byte[] content() {
    return frame;
  }

  public int contentLength() {
    return complete;
  }

  /** Frames that were whole. */
  public long frames() {
    return frames;
  }

  /** Bytes that belonged to no whole frame. */
  public long noise() {
    return noise;
  }

  /** Bytes that belonged to no whole frame since there was one. */
  public long noiseSinceFrame() {
    return noise - noiseAtLastFrame;
  }

  /** Frames whose checksum was wrong. */
  public long wrong() {
    return wrong;
  }
}
