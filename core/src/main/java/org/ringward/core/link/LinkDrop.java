package org.ringward.core.link;

/** Why a datagram, or a frame to this node itself, was dropped. */
public enum LinkDrop {
  TOO_SHORT,
  TOO_LONG,
  /** Not of a version that is known here; encrypted traffic looks so to whom has no key. */
  WRONG_VERSION,
  /** Of no type that is known. */
  UNKNOWN_TYPE,
  /** Neither the source address nor the sender's id is that of a configured node. */
  UNKNOWN_SENDER,
  /** The sender's id is not that of the node which has the source address. */
  WRONG_ADDRESS,
  /** A datagram that claims to come from this node itself. */
  OWN_SENDER,
  /** Not authentic: another key, cipher or hash, another cluster, or changed on the way. */
  BAD_SEAL,
  /** Neither encrypted nor authenticated, where it should be. */
  CLEAR_TRAFFIC,
  /** About a link that is not configured. */
  UNKNOWN_LINK,
  /** Data of a node to which no link is up yet. */
  SENDER_NOT_REACHABLE,
  /** Taken before. */
  DUPLICATE,
  /** Authentic, but no packet. */
  MALFORMED,
  /** Compressed, which is not supported. */
  COMPRESSED,
  /** For another channel than Totem's. */
  FOREIGN_CHANNEL,
  /** A frame for another node. */
  OTHER_TARGET,
  /** An answer to no question of ours, or to one too long ago. */
  STALE_ANSWER,
  /** An answer to a question of a minute ago or more: somebody sends again what was recorded. */
  REPLAYED,
  /** Frames of this node to itself that found the queue full. */
  SELF_QUEUE_FULL;

  /** Whether it points to a fault or a stranger, rather than being part of everyday life. */
  public boolean isSuspicious() {
    return switch (this) {
      case SENDER_NOT_REACHABLE, DUPLICATE, OTHER_TARGET, STALE_ANSWER, SELF_QUEUE_FULL -> false;
      default -> true;
    };
  }
}
