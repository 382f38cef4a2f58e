package org.ringward.client;

/** A member that has come or gone. */
public record GroupChange(GroupMember member, Reason reason) {
  /** Why. */
  public enum Reason {
    /** It asked to join. */
    JOINED,
    /** It asked to leave. */
    LEFT,
    /** It has hung up, or was killed. */
    GONE,
    /** Its node is not with those who have quorum. */
    NODE_LOST,
    /** Its node was away and has missed what was said, or its daemon began anew. */
    MISSED
  }
}
