package org.ringward.core.lease;

/** What a program is told of a claim of its own. */
public sealed interface LeaseEvent {
  /** The claim is known here; it is not held yet. */
  record Waiting(String why) implements LeaseEvent {}

  /**
   * The resource is held until then, unless it is renewed; also the answer to a renewal.
   *
   * @param expiry monotonic nanoseconds of this machine
   */
  record Held(long token, long expiry) implements LeaseEvent {}

  /** Another holder has changed. */
  record Peer(Change change, String node, long token) implements LeaseEvent {}

  /** What a peer did. */
  enum Change {
    /** It holds the resource, too. */
    JOINED,
    /** It has released it; all is in order. */
    LEFT,
    /** It lost its access and only reads. */
    READ_ONLY,
    /** It was suspended and is back, with what it held. */
    BACK
  }

  /** A peer is lost and may still use the resource: do not touch what is its own. */
  record Suspend(String node, long token) implements LeaseEvent {}

  /**
   * A peer can no longer use the resource, and left it as it was.
   *
   * @param yours whether this holder has to take over, and to say when it has
   * @param proof why that is safe, one sentence
   */
  record Recover(
      boolean yours, String node, long token, String proof, String author, long wallMillis)
      implements LeaseEvent {}

  /** No peer is suspended, and everything was taken over. */
  record Resume() implements LeaseEvent {}

  /** The claim only reads from now on, as it said. */
  record ReadOnly() implements LeaseEvent {}

  /**
   * It is over: the program must have stopped by then.
   *
   * @param until monotonic nanoseconds, may be over
   */
  record Lost(long until, String why) implements LeaseEvent {}

  /** The claim is over as the program wanted. */
  record Released() implements LeaseEvent {}
}
