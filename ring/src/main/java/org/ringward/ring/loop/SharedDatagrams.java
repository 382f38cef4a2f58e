package org.ringward.ring.loop;

import java.util.SortedMap;

/** Datagrams of which another thread may take some while the loop's thread is busy. */
public interface SharedDatagrams extends DatagramSource {
  /**
   * Takes one that waits; false when there is none. Never waits. One thread beside the loop's may
   * call it at any time.
   */
  boolean takeAside(Datagram target);

  /** Adds what the source counts to a report. Any thread may ask. */
  default void report(SortedMap<String, Long> report) {}
}
