package org.ringward.core.totem;

import org.ringward.core.base.NodeSet;

/** What the ring tells the layer above, in the same order on all nodes that stay together. */
public interface RingUpcalls {
  /**
   * The members that come along from the old ring, and those lost; the id is that of the new ring.
   * Messages until {@link #regularConfiguration} are of the old ring.
   */
  void transitionalConfiguration(int representative, long sequence, NodeSet members, NodeSet left);

  /** The members of the new ring, to which messages from now on belong. */
  void regularConfiguration(int representative, long sequence, NodeSet members, NodeSet joined);

  /** A packet; the bytes are valid only during the call. */
  void packet(int author, byte[] bytes, int offset, int length, boolean bigEndian);
}
