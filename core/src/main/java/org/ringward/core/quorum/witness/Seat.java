package org.ringward.core.quorum.witness;

import org.ringward.core.base.Deadlines;
import org.ringward.core.base.NodeSet;
import org.ringward.core.wire.WitnessMessage.Hello;

/** A node as the witness knows it. Times are monotonic nanoseconds of the witness. */
final class Seat {
  static final long NO_SESSION = 0;
  private static final long NANOS_PER_MILLI = 1_000_000;

  final int node;
  long session = NO_SESSION;
  String address = "";
  Hello hello;

  /** Its last report of this connection, 0 before the first. */
  int sequence;

  /** When it reported last, on any connection. */
  long lastHeard = Long.MIN_VALUE;

  Side side = Side.NONE;
  boolean quorate;

  /** The first report of {@link #side} on this connection, and when that was first reported. */
  private int askedBy;

  private long askedAt = Long.MIN_VALUE;

  /** The newest report of this connection whose answer has arrived. */
  private int answered;

  /** Sequence of the cluster state that it holds. */
  long held = VoteRecord.HOLDS_NONE;

  /** When its side turned out to be over, as a member is in a newer ring; NONE while it is not. */
  long outdatedSince = Deadlines.NONE;

  /** The side that it may count a vote for until {@link #leaseUntil}. */
  Side leased = Side.NONE;

  private long leaseUntil = Long.MIN_VALUE;

  /** The last answer, so that only a change is sent without being asked. */
  Answering told = Answering.NOTHING;

  Seat(Hello hello) {
    this.node = hello.node();
    this.hello = hello;
  }

  long timeoutNanos() {
    return hello.timeoutMillis() * NANOS_PER_MILLI;
  }

  WitnessRules rules() {
    return WitnessRules.of(hello);
  }

  NodeSet configured() {
    return hello.nodes();
  }

  /**
   * Whether it reported lately. A connection that breaks is no silence yet: the node comes back,
   * and meanwhile may count its vote.
   */
  boolean isHeard(long now) {
    return !side.isNone() && now < heardUntil();
  }

  /** Another connection: nothing has arrived on it yet. */
  void reconnected(long opened) {
    session = opened;
    sequence = 0;
    askedBy = 0;
    answered = 0;
    told = Answering.NOTHING;
  }

  /** A report of its side, or of another one. */
  void asks(Side asking, int by, int lastAnswered, long now) {
    if (!asking.equals(side)) {
      side = asking;
      outdatedSince = Deadlines.NONE;
      askedBy = 0;
    }
    if (askedBy == 0) {
      askedBy = by;
      askedAt = now;
    }
    sequence = by;
    answered = lastAnswered;
    lastHeard = now;
  }

  /** Whether an answer to this side has arrived there: the vote would, too. */
  boolean hears() {
    return askedBy > 0 && answered >= askedBy;
  }

  /** It had time enough to show that answers arrive, and has not. */
  boolean isDeaf(long now) {
    return !hears() && now >= deafAt();
  }

  long deafAt() {
    return askedAt == Long.MIN_VALUE ? Long.MIN_VALUE : askedAt + timeoutNanos();
  }

  long heardUntil() {
    return lastHeard == Long.MIN_VALUE ? Long.MIN_VALUE : lastHeard + timeoutNanos();
  }

  /** Whether it may count a vote. */
  boolean holds(long now) {
    return leaseUntil > now;
  }

  long leaseUntil() {
    return leaseUntil;
  }

  void lease(Side given, long now) {
    leased = given;
    leaseUntil = now + timeoutNanos();
  }

  void release() {
    leased = Side.NONE;
    leaseUntil = Long.MIN_VALUE;
  }
}
