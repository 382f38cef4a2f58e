package org.ringward.core.policy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chapter 7: where a primitive goes. The highest score wins; equal scores go to the node with fewer
 * resources assigned so far, then to the node where the resource is active, then to the name that
 * sorts first byte by byte.
 */
final class Assignment {
  private Assignment() {}

  static void assign(PrimitiveResource resource) {
    GroupResource group = resource.parent;
    if (group != null && !group.assignmentDone && !group.assigning) {
      group.assign();
    }
    if (resource.assignmentDone || resource.assigning) {
      return;
    }
    resource.assigning = true;
    // What must be comes first, so that wishes cannot spoil it.
    List<ColocationRule> own = Colocations.withOthers(resource);
    List<ColocationRule> theirs = Colocations.othersWith(resource);
    for (boolean mandatory : new boolean[] {true, false}) {
      applyPrimaries(resource, own, mandatory);
      applyDependents(resource, theirs, mandatory);
    }
    resource.assigning = false;
    resource.assignmentDone = true;
    if (!resource.managed) {
      resource.nextRole = resource.role;
      place(resource, resource.currentNode());
    } else if (resource.nextRole == Role.STOPPED) {
      place(resource, null);
    } else if (resource.situation.options.stopAllResources()) {
      resource.stoppedBecause = "stop-all-resources";
      place(resource, null);
    } else {
      place(resource, best(resource));
    }
  }

  private static void place(PrimitiveResource resource, @Nullable ClusterNode node) {
    resource.assigned = node;
    if (node != null) {
      node.assigned++;
      if (resource.nextRole == Role.UNKNOWN) {
        resource.nextRole = Role.STARTED;
      }
    } else if (resource.managed) {
      resource.nextRole = Role.STOPPED;
    }
  }

  /** Places what this resource depends on, then takes over what follows from that. */
  private static void applyPrimaries(
      PrimitiveResource resource, List<ColocationRule> rules, boolean mandatory) {
    for (ColocationRule rule : rules) {
      if (rule.mandatory() != mandatory) {
        continue;
      }
      rule.primary().assign();
      boolean borrowed = rule.dependent() != resource && rule.dependent() != resource.parent;
      Colocations.apply(resource, rule, borrowed);
    }
  }

  private static void applyDependents(
      PrimitiveResource resource, List<ColocationRule> rules, boolean mandatory) {
    if (rules.isEmpty()) {
      return;
    }
    int[] scores = new int[resource.scores.length];
    for (ColocationRule rule : rules) {
      if (rule.mandatory() != mandatory
          || rule.dependent().assignmentDone
          || rule.dependent().assigning) {
        continue;
      }
      for (ClusterNode node : resource.situation.nodes) {
        scores[node.index] = resource.score(node);
      }
      double factor = rule.score() / (double) Scores.INFINITY;
      if (!Colocations.addPreferences(rule.dependent(), scores, rule, factor, resource)) {
        continue;
      }
      for (ClusterNode node : resource.situation.nodes) {
        int index = node.index;
        if (resource.allowed[index] && scores[index] != resource.scores[index]) {
          int change =
              scores[index] <= -Scores.INFINITY || scores[index] >= Scores.INFINITY
                  ? scores[index]
                  : scores[index] - resource.scores[index];
          resource.scores[index] = scores[index];
          resource.contributions.add(new PolicyResource.Contribution(index, change, rule.source()));
        }
      }
    }
  }

  private static @Nullable ClusterNode best(PrimitiveResource resource) {
    ClusterNode best = null;
    for (ClusterNode node : resource.situation.nodes) {
      if (node.available()
          && resource.score(node) >= 0
          && (best == null || better(resource, node, best))) {
        best = node;
      }
    }
    ClusterNode current = resource.currentNode();
    if (best != null
        && current != null
        && current != best
        && current.available()
        && resource.score(best) > 0
        && resource.score(current) == resource.score(best)) {
      return current;
    }
    return best;
  }

  private static boolean better(PrimitiveResource resource, ClusterNode a, ClusterNode b) {
    return compare(resource, a, b) < 0;
  }

  /** Orders nodes from the best to the worst for a resource. */
  static int compare(PrimitiveResource resource, ClusterNode a, ClusterNode b) {
    if (a.available() != b.available()) {
      return a.available() ? -1 : 1;
    }
    int byScore = Integer.compare(resource.score(b), resource.score(a));
    if (byScore != 0) {
      return byScore;
    }
    int byLoad = Integer.compare(a.assigned, b.assigned);
    if (byLoad != 0) {
      return byLoad;
    }
    ClusterNode current = resource.currentNode();
    if (a == current || b == current) {
      return a == current ? -1 : 1;
    }
    return a.name.compareTo(b.name);
  }

  /** All nodes, the best first. */
  static List<ClusterNode> ranking(PrimitiveResource resource) {
    List<ClusterNode> ranking = new ArrayList<>(resource.situation.nodes);
    ranking.sort((a, b) -> a == b ? 0 : compare(resource, a, b));
    return ranking;
  }
}
