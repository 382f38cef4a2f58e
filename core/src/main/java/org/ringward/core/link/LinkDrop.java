package org.ringward.core.link;

/** Why a datagram, or a frame to this node itself, was dropped. */
public enum LinkDrop {
  TOO_SHORT,
  TOO_LONG,
  /** Not a sealed datagram at all. */
  WRONG_MAGIC,
  /** Sealed by a version that is not known here. */
  WRONG_VERSION,
  /** The sender is not a configured node. */
  UNKNOWN_SENDER,
  /** A datagram that claims to come from this node itself. */
  OWN_SENDER,
  /** The seal does not fit: another key, another cluster, or changed on the way. */
  BAD_SEAL,
  /** Seen before, or too old to tell. */
  REPLAYED,
  /** Frames of this node to itself that found the queue full. */
  SELF_QUEUE_FULL
}
