package org.ringward.core.group;

import org.ringward.core.base.NodeSet;

/**
 * A node's only process in a group, for owners who think in nodes: changes of a synchronisation are
 * told as one, and only when a node comes or goes.
 */
final class SingleProcess implements GroupListener {
  private final ProcessGroupListener owner;
  private final String group;
  private final int self;
  private NodeSet members = NodeSet.EMPTY;
  private NodeSet told = NodeSet.EMPTY;

  /** Nodes that were gone in between since the owner was told last. */
  private NodeSet interrupted = NodeSet.EMPTY;

  private boolean synchronising;

  SingleProcess(ProcessGroupListener owner, String group, int self) {
    this.owner = owner;
    this.group = group;
    this.self = self;
  }

  /** From now until {@link #synchronised} changes are collected. */
  void synchronising() {
    synchronising = true;
  }

  @Override
  public void membershipChanged(GroupChange change) {
    members = NodeSet.of(change.members().stream().mapToInt(GroupMember::node).toArray());
    if (told.isEmpty()) {
      // Who was there before this process has not joined now.
      told = members.without(self);
    }
    interrupted = interrupted.union(told.minus(members));
    if (!synchronising) {
      tell();
    }
  }

  /** The groups of the new ring are right. */
  void synchronised() {
    synchronising = false;
    tell();
  }

  private void tell() {
    NodeSet left = interrupted.union(told.minus(members));
    NodeSet joined = members.minus(told.minus(left));
    told = members;
    interrupted = NodeSet.EMPTY;
    if (!left.isEmpty() || !joined.isEmpty()) {
      owner.membershipChanged(group, members, joined, left);
    }
    if (!members.contains(self)) {
      told = NodeSet.EMPTY;
      members = NodeSet.EMPTY;
    }
  }

  @Override
  public void delivered(int node, int pid, byte[] bytes, int offset, int length) {
    owner.delivered(group, node, bytes, offset, length);
  }
}
