package org.ringward.core.group;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.NodeSet;
import org.ringward.core.wire.CpgJoinList;
import org.ringward.core.wire.CpgMessage;

/**
 * Which processes of which nodes are in which groups, the same on all members
 * (reference/totem-pg-sync-services.md, section 8), and which groups this node has joined.
 */
final class GroupTable {
  /** Memberships of one node that are kept; more are ignored. */
  private static final int PROCESSES_OF_NODE_MAX = 1024;

  private final int self;
  private final ProcessGroupListener listener;

  /** Group, node, process ids. */
  private final TreeMap<String, TreeMap<Integer, TreeSet<Integer>>> groups = new TreeMap<>();

  private final TreeMap<Integer, CpgJoinList> joinLists = new TreeMap<>();
  private final List<LocalGroup> local = new ArrayList<>();

  /** A group this node has joined, or has asked to join. */
  static final class LocalGroup {
    final String name;
    final byte[] nameBytes;
    int joinsUnderWay;
    boolean joined;
    NodeSet members = NodeSet.EMPTY;

    LocalGroup(String name) {
      this.name = name;
      this.nameBytes = CpgMessage.groupBytes(name);
    }
  }

  GroupTable(int self, ProcessGroupListener listener) {
    this.self = self;
    this.listener = listener;
  }

  /** The group if this node has joined it or asked to. */
  @Nullable LocalGroup local(String name) {
    for (int i = 0; i < local.size(); i++) {
      LocalGroup group = local.get(i);
      if (group.name.equals(name)) {
        return group;
      }
    }
    return null;
  }

  /** The group a message is for, if this node has joined it. */
  @Nullable LocalGroup joinedGroup(CpgMessage message) {
    for (int i = 0; i < local.size(); i++) {
      LocalGroup group = local.get(i);
      if (group.joined && message.isOfGroup(group.nameBytes)) {
        return group;
      }
    }
    return null;
  }

  /** This node asks to join. */
  void joining(String name) {
    LocalGroup group = local(name);
    if (group == null) {
      group = new LocalGroup(name);
      local.add(group);
    }
    group.joinsUnderWay++;
  }

  /** A procjoin was delivered. */
  void processJoined(int node, String name, int pid) {
    NodeSet before = members(name);
    boolean added = add(node, name, pid);
    LocalGroup group = local(name);
    if (group == null) {
      return;
    }
    boolean own = node == self;
    if (own) {
      group.joinsUnderWay = Math.max(0, group.joinsUnderWay - 1);
      group.joined = true;
    }
    if (!added) {
      return;
    }
    group.members = members(name);
    if (group.joined && (own || !before.contains(node))) {
      listener.membershipChanged(name, group.members, NodeSet.of(node), NodeSet.EMPTY);
    }
  }

  /** A procleave was delivered. */
  void processLeft(int node, String name, int pid) {
    TreeMap<Integer, TreeSet<Integer>> nodes = groups.get(name);
    TreeSet<Integer> pids = nodes == null ? null : nodes.get(node);
    if (nodes == null || pids == null || !pids.remove(pid) || !pids.isEmpty()) {
      return;
    }
    nodes.remove(node);
    if (nodes.isEmpty()) {
      groups.remove(name);
    }
    LocalGroup group = local(name);
    if (group == null) {
      return;
    }
    group.members = members(name);
    if (group.joined) {
      listener.membershipChanged(name, group.members, NodeSet.EMPTY, NodeSet.of(node));
    }
    if (node == self) {
      group.joined = false;
      if (group.joinsUnderWay == 0) {
        local.remove(group);
      }
    }
  }

  /** A node says which of its processes are in which groups; counts at the next activation. */
  void joinListReceived(int node, CpgJoinList list) {
    joinLists.put(node, list);
  }

  /** A synchronisation begins. */
  void forgetJoinLists() {
    joinLists.clear();
  }

  /** What this node tells the others at a synchronisation. */
  CpgJoinList ownJoinList() {
    List<CpgJoinList.Entry> entries = new ArrayList<>();
    groups.forEach((name, nodes) -> {
      for (int pid : nodes.getOrDefault(self, new TreeSet<>())) {
        entries.add(new CpgJoinList.Entry(pid, name));
      }
    });
    return new CpgJoinList(entries);
  }

  /**
   * All members have told theirs: nodes that left are taken out, and every other node has exactly
   * the processes it told of.
   *
   * @param members of the ring
   * @param lost nodes that did not come along since the last time, members again or not
   */
  void activate(NodeSet members, NodeSet lost) {
    TreeMap<String, NodeSet> before = new TreeMap<>();
    groups.keySet().forEach(name -> before.put(name, members(name)));
    replaceOthers(members);
    TreeMap<String, NodeSet> all = new TreeMap<>(before);
    groups.keySet().forEach(name -> all.putIfAbsent(name, NodeSet.EMPTY));
    for (Map.Entry<String, NodeSet> entry : all.entrySet()) {
      LocalGroup group = local(entry.getKey());
      if (group != null) {
        group.members = members(entry.getKey());
      }
    }
    for (Map.Entry<String, NodeSet> entry : all.entrySet()) {
      NodeSet after = members(entry.getKey());
      NodeSet stayed = entry.getValue().intersect(after).minus(lost);
      NodeSet left = entry.getValue().minus(stayed);
      NodeSet joined = after.minus(stayed);
      LocalGroup group = local(entry.getKey());
      if (group != null && group.joined && !(left.isEmpty() && joined.isEmpty())) {
        listener.membershipChanged(entry.getKey(), after, joined, left);
      }
    }
  }

  private void replaceOthers(NodeSet members) {
    for (String name : List.copyOf(groups.keySet())) {
      TreeMap<Integer, TreeSet<Integer>> nodes = groups.get(name);
      if (nodes != null) {
        nodes.keySet().removeIf(node -> node != self);
        if (nodes.isEmpty()) {
          groups.remove(name);
        }
      }
    }
    joinLists.forEach((node, list) -> {
      if (node != self && members.contains(node)) {
        list.entries().forEach(entry -> add(node, entry.group(), entry.pid()));
      }
    });
    joinLists.clear();
  }

  private boolean add(int node, String name, int pid) {
    long known =
        groups.values().stream()
            .mapToLong(nodes -> nodes.containsKey(node) ? nodes.get(node).size() : 0)
            .sum();
    return known < PROCESSES_OF_NODE_MAX
        && groups
            .computeIfAbsent(name, _ -> new TreeMap<>())
            .computeIfAbsent(node, _ -> new TreeSet<>())
            .add(pid);
  }

  private NodeSet members(String name) {
    TreeMap<Integer, TreeSet<Integer>> nodes = groups.get(name);
    return nodes == null
        ? NodeSet.EMPTY
        : NodeSet.of(nodes.keySet().stream().mapToInt(Integer::intValue).toArray());
  }
}
