package org.ringward.client;

/** What a candidate is told. Called by the client's thread; an implementation must not wait. */
public interface ElectionListener {
  /** Somebody else leads, or nobody can now. */
  default void waiting(String why) {}

  /**
   * This program leads.
   *
   * @param term larger than that of every leader before: give it to whatever you lead, and have a
   *     smaller one refused
   */
  default void elected(long term) {}

  /**
   * This program must have stopped leading by then; nobody else leads before.
   *
   * @param untilNanos {@link System#nanoTime}
   */
  default void deposed(long untilNanos, String why) {}
}
