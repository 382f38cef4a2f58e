package org.ringward.core.group;

/**
 * A service above the ring: it has a number, messages that all members get in one order, and a part
 * in the synchronisation after each change of the ring (reference/totem-pg-sync-services.md,
 * sections 3 and 4).
 */
abstract class RingService {
  private final int id;

  RingService(int id) {
    this.id = id;
  }

  /** Number of the service on the wire. */
  final int id() {
    return id;
  }

  /** Whether it takes part in the synchronisation. */
  boolean synchronises() {
    return true;
  }

  /** A new ring is there; old messages are all delivered. */
  void begin(SyncRound round) {}

  /** Sends what the other members have to know. */
  void process() {}

  /** Whether {@link #process} is over; the other members wait until it is. */
  boolean processed() {
    return true;
  }

  /** All members have said what they have to say. */
  void activate() {}

  /** The ring changed before the service was activated: what was said is of no use. */
  void abort() {}

  /** A message of a member, in the order of messages; the bytes are valid during the call only. */
  abstract Outcome message(
      int function, int author, byte[] bytes, int offset, int length, boolean bigEndian);

  /** When {@link #expire} is needed, Long.MAX_VALUE for never. */
  long nextDeadline() {
    return Long.MAX_VALUE;
  }

  /** Runs what is due. */
  void expire(long now) {}

  /** What became of a message. */
  enum Outcome {
    TAKEN,
    MALFORMED,
    UNKNOWN_FUNCTION
  }
}
