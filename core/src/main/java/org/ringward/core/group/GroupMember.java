package org.ringward.core.group;

/**
 * A process in a group.
 *
 * @param node where it runs
 * @param pid its number there, as its client gave it
 */
public record GroupMember(int node, int pid) implements Comparable<GroupMember> {
  /** By node, then by process, as unsigned numbers. */
  @Override
  public int compareTo(GroupMember other) {
    int byNode = Integer.compareUnsigned(node, other.node);
    return byNode != 0 ? byNode : Integer.compareUnsigned(pid, other.pid);
  }
}
