package org.ringward.ring.loop;

/** Where datagrams come from. */
public interface DatagramSource {
  /**
   * Gives waiting datagrams to the machine, at most so many, and what the system said of earlier
   * ones; never waits.
   *
   * @return how many datagrams there were
   */
  int receive(Machine machine, int most);

  /**
   * Sleeps until a datagram is there, somebody calls {@link #wake}, or the time is over.
   *
   * @param nanos 0 returns at once
   */
  void await(long nanos);

  /** Ends the sleep, or the next one. Any thread may call it. */
  void wake();

  /** Brings out what was given to be sent and still waits. */
  default void flush() {}
}
