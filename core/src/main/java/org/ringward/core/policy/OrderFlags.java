package org.ringward.core.policy;

/** What an ordering of two actions demands beyond "first before then, when both happen". */
final class OrderFlags {
  /** Nothing but the order. */
  static final int ORDERED = 1;

  /** When first is required, then is required. */
  static final int FIRST_IMPLIES_THEN = 1 << 1;

  /** When then is required, first is required. */
  static final int THEN_IMPLIES_FIRST = 1 << 2;

  /** When first cannot be run, then cannot. */
  static final int UNRUNNABLE_FIRST_BLOCKS = 1 << 3;

  /** First stops and then starts the same resource: neither without the other. */
  static final int RESTART = 1 << 4;

  /** Only a start of then waits for first; what already runs is left alone. */
  static final int ASYMMETRIC = 1 << 5;

  /** Within a group: not handed on to members. */
  static final int INTERNAL = 1 << 6;

  /** Probes of first's resource are awaited before then, see {@link Probes}. */
  static final int AFTER_PROBES = 1 << 7;

  private OrderFlags() {}

  static boolean has(int flags, int flag) {
    return (flags & flag) != 0;
  }
}
