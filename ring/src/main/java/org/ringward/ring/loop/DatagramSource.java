package org.ringward.ring.loop;

/** Where datagrams come from. */
public interface DatagramSource {
  /**
   * Gives waiting datagrams to the machine, at most so many; never waits.
   *
   * @return how many there were
   */
  int receive(Machine machine, int most);

  /**
   * Sleeps until a datagram is there, somebody calls {@link #wake}, or the time is over.
   *
   * @param millis 0 returns at once
   */
  void await(long millis);

  /** Ends the sleep, or the next one. Any thread may call it. */
  void wake();
}
