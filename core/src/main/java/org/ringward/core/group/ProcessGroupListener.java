package org.ringward.core.group;

import org.ringward.core.base.NodeSet;

/**
 * What the ring tells the layer above, in one order on all nodes. Calls come from inside
 * ProcessGroups' inputs.
 */
public interface ProcessGroupListener {
  /** Transitional, then regular; old messages come before the regular one. */
  void configurationChanged(RingConfiguration configuration);

  /** The sync protocol of that ring is complete: group views are exact and messages flow again. */
  void synchronised(long ringSequence);

  /** The nodes that have the group joined, after a join, a leave or a completed sync. */
  void membershipChanged(String group, NodeSet members, NodeSet joined, NodeSet left);

  /** A message of a group this node has joined; the bytes are valid only during the call. */
  void delivered(String group, int fromNode, byte[] bytes, int offset, int length);
}
