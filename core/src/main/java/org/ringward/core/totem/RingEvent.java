package org.ringward.core.totem;

/** What the ring counts. */
public enum RingEvent {
  TOKENS_RECEIVED,
  TOKENS_DUPLICATE,
  TOKENS_FOREIGN,
  TOKENS_IMPLAUSIBLE,
  TOKENS_RESENT,
  /** Tokens that came after token_warning percent of the token timeout, or not at all. */
  TOKENS_LATE,
  MESSAGES_SENT,
  /** Messages, among those that were sent, that followed the token they are counted on. */
  MESSAGES_BEHIND_TOKEN,
  MESSAGES_RECEIVED,
  MESSAGES_DUPLICATE,
  MESSAGES_DELIVERED,
  MESSAGES_OUTSIDE_WINDOW,
  /** Messages that came while too many others were kept; they are asked for again. */
  MESSAGES_WITHOUT_ROOM,
  MESSAGES_RECOVERED,
  RETRANSMITS_REQUESTED,
  RETRANSMITS_SENT,
  JOINS_RECEIVED,
  JOINS_AFTER_PAUSE,
  HOLDS_CANCELLED,
  /** Somebody said that nobody listens at a node, which nobody else had reason to believe. */
  REFUSALS_IGNORED,
  RINGS_FORMED,
  /** Frames without a valid header or with impossible content. */
  FRAMES_MALFORMED,
  /** Frames of or about nodes that are not configured. */
  FRAMES_OF_UNKNOWN_NODES,
  /** Frames of nodes that were configured a moment ago, which others may not know of yet. */
  FRAMES_OF_NEW_NODES,
  /** Frames of a member that are older than the ring. */
  FRAMES_STALE
}
