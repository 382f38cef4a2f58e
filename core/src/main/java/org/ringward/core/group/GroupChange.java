package org.ringward.core.group;

import java.util.List;

/**
 * A change of a group's membership, at its place in the order of messages.
 *
 * @param members after the change, ascending
 * @param joined those that came
 * @param left those that went
 * @param reason why they came or went
 */
public record GroupChange(
    String group,
    List<GroupMember> members,
    List<GroupMember> joined,
    List<GroupMember> left,
    Reason reason) {
  public GroupChange {
    members = List.copyOf(members);
    joined = List.copyOf(joined);
    left = List.copyOf(left);
  }

  /** Why (reference/totem-pg-sync-services.md, section 8). */
  public enum Reason {
    /** The process asked to join. */
    JOIN(1),
    /** The process asked to leave. */
    LEAVE(2),
    /** Its node left the ring. */
    NODE_DOWN(3),
    /** Its node came into the ring. */
    NODE_UP(4),
    /** The process has ended without leaving. */
    PROCESS_DOWN(5);

    private final int number;

    Reason(int number) {
      this.number = number;
    }

    /** The number Corosync and its clients use. */
    public int number() {
      return number;
    }
  }
}
