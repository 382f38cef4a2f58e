package org.ringward.client;

/**
 * What a program is told of a lease. Called by the client's thread, one call at a time; an
 * implementation must not wait, or the lease is not renewed meanwhile.
 */
public interface LeaseListener {
  /** The resource is not held yet. */
  default void waiting(String why) {}

  /**
   * The resource is held from now on.
   *
   * @param token larger than every token that was given before: give it to whatever you write to
   */
  default void held(long token) {}

  /** Another holder has changed. */
  default void peer(PeerChange change, String node, long token) {}

  /** A peer is lost and not yet proven to have stopped: do not touch what is its own. */
  default void suspend(String node, long token) {}

  /**
   * A peer has stopped for certain and left its affairs as they were.
   *
   * @param yours whether this program is to take them over; {@link LeaseHandle#recovered} says when
   *     it has
   */
  default void recover(boolean yours, LeftOver left) {}

  /** No peer is suspended any more, and everything was taken over. */
  default void resume() {}

  /**
   * It is over: stop using the resource at once.
   *
   * @param untilNanos {@link System#nanoTime} by which the program must have stopped
   */
  default void lost(long untilNanos, String why) {}

  /** What peers do. */
  enum PeerChange {
    /** It holds the resource, too. */
    JOINED,
    /** It has released it in order. */
    LEFT,
    /** It has lost its access and only reads. */
    READ_ONLY,
    /** It was suspended and is back. */
    BACK
  }

  /**
   * What a holder left.
   *
   * @param node where it was
   * @param token its token
   * @param proof why it can no longer use the resource
   * @param author who vouches for that
   * @param wallMillis when, milliseconds since 1970 by the author's clock
   */
  record LeftOver(String node, long token, String proof, String author, long wallMillis) {}
}
