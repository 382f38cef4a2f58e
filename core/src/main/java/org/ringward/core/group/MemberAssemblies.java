package org.ringward.core.group;

import org.jspecify.annotations.Nullable;
import org.ringward.core.base.NodeSet;

/**
 * What the members of the ring have begun to say. It goes by membership and not by configuration:
 * messages of a node that is configured no more are still delivered with the ring it was in.
 */
final class MemberAssemblies {
  private NodeSet members = NodeSet.EMPTY;
  private Assembly[] assemblies = {};

  /** There is another ring; those who joined begin with nothing. */
  void members(NodeSet now, NodeSet joined) {
    Assembly[] kept = new Assembly[now.size()];
    for (int i = 0; i < kept.length; i++) {
      int node = now.get(i);
      Assembly known = joined.contains(node) ? null : of(node);
      kept[i] = known == null ? new Assembly() : known;
    }
    members = now;
    assemblies = kept;
  }

  /** That of a member, null for other nodes. */
  @Nullable Assembly of(int node) {
    int index = members.indexOf(node);
    return index < 0 ? null : assemblies[index];
  }
}
