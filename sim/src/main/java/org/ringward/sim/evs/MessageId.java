package org.ringward.sim.evs;

/**
 * What a message is known by: who sent it in which life, and its number there. A message too short
 * to carry that is anonymous: known by its sender, its length and its few bytes.
 */
public final class MessageId {
  private static final int NODE_SHIFT = 56;
  private static final int LIFE_SHIFT = 40;
  private static final int LENGTH_SHIFT = 48;
  private static final long NODE_MASK = 0x7F;
  private static final long LIFE_MASK = 0xFFFF;
  private static final long NUMBER_MASK = (1L << LIFE_SHIFT) - 1;

  private MessageId() {}

  public static long of(int node, int life, long number) {
    return ((long) node << NODE_SHIFT) | ((long) life << LIFE_SHIFT) | number;
  }

  /** The name of a message of less than 8 bytes. */
  public static long anonymous(int node, int length, long content) {
    return Long.MIN_VALUE
        | ((long) node << NODE_SHIFT)
        | ((long) length << LENGTH_SHIFT)
        | (content & 0xFFFF_FFFFL);
  }

  public static boolean isAnonymous(long message) {
    return message < 0;
  }

  public static int node(long message) {
    return (int) ((message >> NODE_SHIFT) & NODE_MASK);
  }

  public static int life(long message) {
    return (int) ((message >> LIFE_SHIFT) & LIFE_MASK);
  }

  public static long number(long message) {
    return message & NUMBER_MASK;
  }

  public static String text(long message) {
    return isAnonymous(message)
        ? "a message of %d bytes of n%d".formatted((message >> LENGTH_SHIFT) & 0xF, node(message))
        : "message %d of n%d/%d".formatted(number(message), node(message), life(message));
  }
}
