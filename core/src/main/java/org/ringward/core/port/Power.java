package org.ringward.core.port;

/** Ends this node's own life. */
public interface Power {
  /**
   * The daemon ends: orderly when everything was handed over, else at once with the reason logged.
   */
  void exit(boolean orderly, String reason);
}
