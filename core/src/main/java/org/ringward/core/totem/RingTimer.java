package org.ringward.core.totem;

/** The timers of the ring (reference/totem-srp.md, section 4). */
enum RingTimer {
  /** No token came for too long. */
  TOKEN_LOSS,
  /** The token that was sent may be lost: send it again. */
  TOKEN_RETRANSMIT,
  /** The representative lets a held token go. */
  HOLD,
  /** Repeat the JOIN. */
  JOIN,
  /** The JOIN that was delayed is sent. */
  SEND_JOIN,
  /** Nodes that do not agree by now are given up. */
  CONSENSUS,
  /** Members that were not heard by now are given up. */
  SILENCE,
  /** The representative of an idle ring looks for others. */
  MERGE_DETECT,
  /** The token is late, which is only counted. */
  TOKEN_WARNING,
  /** The token is too late, where heartbeat_failures_allowed is set. */
  HEARTBEAT
}
