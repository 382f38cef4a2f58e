package org.ringward.core.group;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.ringward.core.base.NodeSet;
import org.ringward.core.wire.CpgMessage;

/** One group: its members on all nodes, and the processes of this node that have to do with it. */
final class CpgGroup {
  private static final LocalProcess[] NOBODY = {};

  final String name;
  final byte[] nameBytes;
  final int hash;

  /** By node and process. */
  final TreeSet<GroupMember> members = new TreeSet<>();

  /** Replaced, never changed: listeners may join and leave while it is gone through. */
  LocalProcess[] local = NOBODY;

  private NodeSet nodes = NodeSet.EMPTY;

  CpgGroup(String name) {
    this.name = name;
    nameBytes = CpgMessage.groupBytes(name);
    hash = CpgMessage.groupHash(nameBytes);
  }

  boolean add(GroupMember member) {
    boolean added = members.add(member);
    nodes = nodes.with(member.node());
    return added;
  }

  boolean remove(GroupMember member) {
    boolean removed = members.remove(member);
    nodes = NodeSet.of(nodeStream().toArray());
    return removed;
  }

  private IntStream nodeStream() {
    return members.stream().mapToInt(GroupMember::node);
  }

  /** Nodes with at least one member. */
  NodeSet nodes() {
    return nodes;
  }

  void addLocal(LocalProcess process) {
    local = Arrays.copyOf(local, local.length + 1);
    local[local.length - 1] = process;
  }

  void removeLocal(LocalProcess process) {
    local = Arrays.stream(local).filter(each -> each != process).toArray(LocalProcess[]::new);
  }

  boolean isUnused() {
    return members.isEmpty() && local.length == 0;
  }

  /** Tells the processes of this node that are in the group. */
  void tell(List<GroupMember> joined, List<GroupMember> left, GroupChange.Reason reason) {
    if (local.length == 0) {
      return;
    }
    GroupChange change = new GroupChange(name, List.copyOf(members), joined, left, reason);
    for (LocalProcess process : local) {
      if (process.hears()) {
        process.listener.membershipChanged(change);
      }
    }
  }
}
