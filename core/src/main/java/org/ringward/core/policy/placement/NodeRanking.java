package org.ringward.core.policy.placement;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.ClusterOptions.Placement;
import org.ringward.core.policy.model.NodeTable;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.Scores;
import org.ringward.core.policy.model.Situation;

/**
 * Which node is the better one. The score decides; then, as the placement strategy wants it, what
 * capacity is left and how much was assigned there; then where the resource is already; then the
 * name, byte by byte.
 */
final class NodeRanking {
  private final Situation situation;

  NodeRanking(Situation situation) {
    this.situation = situation;
  }

  /** All nodes of a table, the best first. */
  List<PolicyNode> sorted(NodeTable table, @Nullable PolicyNode current) {
    List<PolicyNode> nodes = new ArrayList<>(situation.nodes.size());
    for (PolicyNode node : situation.nodes) {
      if (table.contains(node)) {
        nodes.add(node);
      }
    }
    nodes.sort((a, b) -> a == b ? 0 : compare(table, current, a, b));
    return nodes;
  }

  /** The best node of a table, null when the table is empty. */
  @Nullable PolicyNode best(NodeTable table, @Nullable PolicyNode current) {
    PolicyNode best = null;
    for (PolicyNode node : situation.nodes) {
      if (table.contains(node) && (best == null || compare(table, current, node, best) < 0)) {
        best = node;
      }
    }
    return best;
  }

  private int compare(NodeTable table, @Nullable PolicyNode current, PolicyNode a, PolicyNode b) {
    int one = NodeTables.usable(a) ? table.score(a) : -Scores.INFINITY;
    int two = NodeTables.usable(b) ? table.score(b) : -Scores.INFINITY;
    if (one != two) {
      return Integer.compare(two, one);
    }
    if (situation.options.placement != Placement.MINIMAL) {
      if (situation.options.placement == Placement.BALANCED) {
        int byCapacity = Capacity.compare(a, b);
        if (byCapacity != 0) {
          return byCapacity;
        }
      }
      if (a.assigned != b.assigned) {
        return Integer.compare(a.assigned, b.assigned);
      }
      if (current == a || current == b) {
        return current == a ? -1 : 1;
      }
    }
    return a.name.compareTo(b.name);
  }
}
