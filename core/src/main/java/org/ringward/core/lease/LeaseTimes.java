package org.ringward.core.lease;

/** The arithmetic of leases. Milliseconds, unless a name says otherwise. */
public final class LeaseTimes {
  /** A lease shorter than a change of the ring would be lost with every lost node. */
  public static final long SHORTEST = 1000;

  /**
   * No lost holder is waited for longer; and so long nothing is given when all that knew who holds
   * what have died.
   */
  public static final long LONGEST = 60_000;

  /** Clocks of two machines run apart by a thousandth at worst; this is ten times that. */
  private static final long DRIFT_PART = 100;

  private static final long MARGIN = 100;
  private static final long STOP_PART = 4;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private LeaseTimes() {}

  /**
   * How long after the others agreed to go on without a holder's node, with quorum, its lease is
   * surely over. Whoever agrees to a view has left the ring before it; the holder's node extended
   * the lease only to a moment at which all of them were still in that ring, plus the lease.
   */
  public static long bound(long lease) {
    return lease + lease / DRIFT_PART + MARGIN;
  }

  /** How long before its expiry a holder is told to stop, when it does not say itself. */
  public static long stop(long lease) {
    return lease / STOP_PART;
  }

  static long nanos(long millis) {
    return millis * NANOS_PER_MILLI;
  }
}
