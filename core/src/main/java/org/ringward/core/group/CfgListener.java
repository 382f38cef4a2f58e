package org.ringward.core.group;

/**
 * Hears orders of the configuration service in the order of all messages; called from inside the
 * inputs of the groups.
 */
public interface CfgListener {
  /** Does nothing. */
  CfgListener NONE = new CfgListener() {};

  /** Every node is to read its configuration again. */
  default void reloadOrdered(int author) {}

  /** A node has made a step of a change of keys (wire.CfgMessage). */
  default void keyPhase(int author, int phase) {}

  /** A node orders this one to end at once, without a farewell to the ring. */
  default void killOrdered(int author, String reason) {}

  /** This node's own order to end orderly has its turn. */
  default void shutdownOrdered() {}
}
