package org.ringward.core.region;

/** Why something that arrived on a region was not taken for a heartbeat. */
public enum RegionDrop {
  /** Fewer bytes than a heartbeat has. */
  TOO_SHORT,
  /** Something else than a heartbeat: another program, or noise. */
  NO_HEARTBEAT,
  WRONG_VERSION,
  /** Lengths that contradict each other. */
  MALFORMED,
  /** Of a cluster of another name. */
  FOREIGN_CLUSTER,
  /** Made with another key, or changed on the way. */
  BAD_SEAL,
  /** Meant for another region: two regions are joined, or names differ between nodes. */
  WRONG_REGION,
  UNKNOWN_NODE,
  /** This node's own, which comes back on media that everybody hears. */
  OWN,
  /** Under this node's id, and neither of this life nor of an earlier one. */
  OWN_ID_ELSEWHERE,
  /** Of a life of the node that is over. */
  OLD_INCARNATION,
  /** Heard before: passed on twice, repeated by the network, or the same block again. */
  DUPLICATE,
  /** Older than what was heard before: overtaken, or replayed. */
  REPLAYED,
  /** On its way for longer than the deadtime: it says nothing about now. */
  TOO_OLD;

  /** Whether it points to a fault or a stranger, rather than being part of everyday life. */
  public boolean isSuspicious() {
    return switch (this) {
      case OWN, DUPLICATE -> false;
      default -> true;
    };
  }
}
