package org.ringward.core.region;

/**
 * Hears what changes in what is seen of the others. Nodes and regions are given by their places in
 * the settings.
 */
public interface RegionListener {
  /** The node is heard on the region, for the first time or again. */
  void found(int node, int region);

  /** Nothing was heard for the warntime. */
  void late(int node, int region, long silentMillis);

  /** Nothing was heard for the deadtime, or not within the initdead after the start. */
  void lost(int node, int region, long silentMillis);

  /** The node announced on the region that its daemon ends. */
  void left(int node, int region);

  /** The node is heard in another life than before. */
  void restarted(int node);

  /** The node says that it did not run for a while, and runs again. */
  void stalled(int node, long millis);

  /** This node itself did not run for a while. */
  void selfStalled(long millis);
}
