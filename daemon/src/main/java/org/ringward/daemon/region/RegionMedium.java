package org.ringward.daemon.region;

import org.jspecify.annotations.Nullable;

/** What carries the heartbeats of one region. For the loop's thread; nothing here waits. */
interface RegionMedium extends AutoCloseable {
  /** Takes what arrived. */
  interface Hearer {
    void heard(int path, byte[] bytes, int offset, int length);
  }

  /** Sends on one path, or on all when it is Heartbeats.EVERYWHERE. */
  void send(int path, byte[] frame, int offset, int length);

  /** Gives out what has arrived. */
  void receive(Hearer hearer);

  /** Why it cannot be used at present, null when nothing is known. */
  @Nullable String trouble();

  @Override
  void close();
}
