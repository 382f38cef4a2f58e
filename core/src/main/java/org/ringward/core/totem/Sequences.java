package org.ringward.core.totem;

/**
 * Comparison of message and token sequence numbers, Corosync's formula literally
 * (reference/totem-srp.md, section 9): so 0xFFFFFFFF, the value before the first, is less than 0.
 */
final class Sequences {
  private static final int HALF = 0x80000000;
  private static final int SHIFT = 0x10000;

  private Sequences() {}

  static boolean less(int a, int b) {
    return compare(a, b) < 0;
  }

  static boolean lessOrEqual(int a, int b) {
    return compare(a, b) <= 0;
  }

  static int min(int a, int b) {
    return less(b, a) ? b : a;
  }

  private static int compare(int a, int b) {
    boolean shift = Integer.compareUnsigned(a, HALF) > 0 || Integer.compareUnsigned(b, HALF) > 0;
    return shift ? Integer.compareUnsigned(a - SHIFT, b - SHIFT) : Integer.compareUnsigned(a, b);
  }
}
