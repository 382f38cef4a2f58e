package org.ringward.core.policy.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.CloneResource;
import org.ringward.core.policy.model.CollectiveResource;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.Scores;
import org.ringward.core.policy.model.Situation;

/**
 * Distributes instances of a clone, or containers of a bundle, over nodes. Running instances stay
 * where they are as long as their node would get an instance anyway.
 */
final class InstanceSpread {
  private final Assigning assigning;
  private final Situation situation;

  InstanceSpread(Assigning assigning) {
    this.assigning = assigning;
    this.situation = assigning.situation;
  }

  void assign(
      CollectiveResource collective,
      List<? extends PolicyResource> instances,
      int total,
      int perNode) {
    new Run(collective, perNode).assign(instances, total);
  }

  /** One distribution: how many instances each node has so far. */
  private final class Run {
    private final CollectiveResource collective;
    private final int perNode;
    private int[] counts = new int[situation.nodes.size()];

    Run(CollectiveResource collective, int perNode) {
      this.collective = collective;
      this.perNode = perNode;
    }

    void assign(List<? extends PolicyResource> instances, int total) {
      List<PolicyResource> sorted = new ArrayList<>(instances);
      sorted.sort(new InstanceOrder(assigning.wishes));
      if (collective instanceof CloneResource clone) {
        clone.ranking.clear();
        clone.ranking.addAll(sorted);
      }
      int fairShare = Math.max(1, total / Math.max(1, usableNodes()));
      int assigned = 0;
      for (PolicyResource instance : sorted) {
        if (assigned >= total) {
          break;
        }
        PolicyNode node = placeToKeep(instance, fairShare);
        if (node != null && keep(instance, node, total - assigned)) {
          assigned++;
        }
      }
      for (PolicyResource instance : sorted) {
        if (instance.assignmentDone) {
          continue;
        }
        if (assigned >= total) {
          NodeTables.preferEverywhere(
              situation, instance, -Scores.INFINITY, "all instances are assigned");
        }
        if (assignOne(instance, null) != null) {
          assigned++;
        }
      }
    }

    private int usableNodes() {
      int usable = 0;
      for (PolicyNode node : situation.nodes) {
        if (collective.allowed.contains(node) && NodeTables.usable(node)) {
          usable++;
        }
      }
      return usable;
    }

    private @Nullable PolicyNode placeToKeep(PolicyResource instance, int fairShare) {
      PolicyNode node = instance.currentNode();
      if (node == null || instance.assignmentDone || instance.failed) {
        return null;
      }
      boolean full = collective.allowed.contains(node) && counts[node.index] >= fairShare;
      return full || !NodeTables.usable(node) ? null : node;
    }

    /**
     * Assigns an instance to its node. When another node is better, that node gets one of the
     * instances that are left, and what then remains of the choice is tried again.
     */
    private boolean keep(PolicyResource instance, PolicyNode current, int left) {
      if (!NodeTables.usable(current, instance.allowed)) {
        return false;
      }
      List<NodeTables.Saved> tables = NodeTables.saveAll(instance);
      int[] before = counts.clone();
      boolean kept = false;
      for (int reserved = 0; reserved < left; reserved++) {
        PolicyNode chosen = assignOne(instance, current);
        if (chosen == current) {
          kept = true;
          break;
        }
        NodeTables.restore(instance, tables);
        if (chosen == null) {
          // Members that found no place keep that for good.
          instance.assignmentDone = false;
          break;
        }
        assigning.release(instance);
      }
      counts = before;
      if (kept) {
        count(current);
      }
      return kept;
    }

    private @Nullable PolicyNode assignOne(PolicyResource instance, @Nullable PolicyNode wish) {
      for (PolicyNode node : situation.nodes) {
        String obstacle = instance.allowed.contains(node) ? obstacle(node) : null;
        if (obstacle != null) {
          NodeTables.close(situation, instance, node, obstacle);
        }
      }
      PolicyNode chosen = assigning.assign(instance, wish, wish == null);
      if (chosen != null) {
        count(chosen);
      }
      return chosen;
    }

    /** Why no further instance can go to a node, null when one can. */
    private @Nullable String obstacle(PolicyNode node) {
      if (!NodeTables.usable(node)) {
        return "node is not available";
      }
      if (collective.allowed.score(node) < 0) {
        return collective.id + " is not allowed there";
      }
      return counts[node.index] >= perNode ? "as many instances as a node may have" : null;
    }

    private void count(PolicyNode node) {
      if (node.index >= counts.length) {
        counts = Arrays.copyOf(counts, node.index + 1);
      }
      counts[node.index]++;
    }
  }
}
