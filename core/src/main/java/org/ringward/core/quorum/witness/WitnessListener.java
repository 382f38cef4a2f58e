package org.ringward.core.quorum.witness;

import org.ringward.core.port.Journal.Level;

/** Hears what comes from a witness besides its vote. */
public interface WitnessListener {
  /** A line for the log. */
  void log(Level level, String text);

  /** A frame that another node of the cluster had passed on; it is valid during the call. */
  default void relayed(int from, byte[] bytes, int offset, int length) {}
}
