package org.ringward.core.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How colocations change scores: of the dependent, and of the primary for its dependents' sake. */
final class Colocations {
  private Colocations() {}

  /**
   * The rules that bind a resource to others. The first member of a group speaks for the group, and
   * for what other members are bound to outside of it.
   */
  static List<ColocationRule> withOthers(PrimitiveResource resource) {
    GroupResource group = resource.parent;
    if (group == null || group.members.getFirst() != resource || !group.collocated) {
      if (group != null && !group.collocated && !group.withOthers.isEmpty()) {
        List<ColocationRule> all = new ArrayList<>(resource.withOthers);
        all.addAll(group.withOthers);
        return all;
      }
      return resource.withOthers;
    }
    List<ColocationRule> all = new ArrayList<>(resource.withOthers);
    all.addAll(group.withOthers);
    for (PrimitiveResource member : group.members) {
      if (member != resource) {
        for (ColocationRule rule : member.withOthers) {
          if (rule.primary().top() != group) {
            all.add(rule);
          }
        }
      }
    }
    return all;
  }

  /** The rules that bind others to a resource. The last member of a group speaks for the group. */
  static List<ColocationRule> othersWith(PrimitiveResource resource) {
    GroupResource group = resource.parent;
    if (group == null || group.othersWith.isEmpty() || group.members.getLast() != resource) {
      return resource.othersWith;
    }
    List<ColocationRule> all = new ArrayList<>(resource.othersWith);
    all.addAll(group.othersWith);
    return all;
  }

  /**
   * Changes the scores of a dependent after its primary was placed.
   *
   * @param borrowed the rule is another group member's: it must not leave this one without a node
   */
  static void apply(PrimitiveResource dependent, ColocationRule rule, boolean borrowed) {
    PolicyResource primary = rule.primary();
    if (primary instanceof GroupResource group) {
      primary = group.speaker(rule.score());
    }
    ClusterNode placed = primary.assigned;
    if (placed == null && rule.score() < 0) {
      return;
    }
    if (!primary.assignmentDone) {
      // A circle of colocations: the primary waits for this one.
      return;
    }
    int[] changed = dependent.scores.clone();
    boolean any = false;
    for (ClusterNode node : dependent.situation.nodes) {
      int index = node.index;
      if (placed != null && same(rule, node, placed)) {
        changed[index] = Scores.add(changed[index], rule.score());
      } else if (rule.score() >= Scores.INFINITY) {
        changed[index] = -Scores.INFINITY;
      }
      any |= node.available() && dependent.allowed[index] && changed[index] >= 0;
    }
    if ((!rule.mandatory() || borrowed) && !any) {
      return;
    }
    for (ClusterNode node : dependent.situation.nodes) {
      int index = node.index;
      if (changed[index] != dependent.scores[index]) {
        boolean here = placed != null && same(rule, node, placed);
        dependent.contributions.add(
            new PolicyResource.Contribution(
                index, here ? rule.score() : -Scores.INFINITY, rule.source()));
        dependent.scores[index] = changed[index];
      }
    }
  }

  private static boolean same(ColocationRule rule, ClusterNode a, ClusterNode b) {
    return a == b
        || (!rule.attribute().equals("#uname")
            && Objects.equals(value(rule, a), value(rule, b))
            && value(rule, a) != null);
  }

  private static @Nullable String value(ColocationRule rule, ClusterNode node) {
    return node.attributes.get(rule.attribute());
  }

  /**
   * Adds what a dependent, and all that depends on it, would like to the scores of its primary.
   * Nothing is added when that would leave no node.
   *
   * @return whether the scores were changed
   */
  static boolean addPreferences(
      PolicyResource source,
      int[] scores,
      ColocationRule rule,
      double factor,
      PrimitiveResource target) {
    PrimitiveResource speaker =
        source instanceof GroupResource group
            ? group.members.getFirst()
            : (PrimitiveResource) source;
    if (speaker.assigning || speaker == target) {
      return false;
    }
    speaker.assigning = true;
    int[] work = scores.clone();
    List<ClusterNode> nodes = target.situation.nodes;
    for (ClusterNode node : nodes) {
      int liking = best(speaker, node, rule);
      if (factor < 0 && liking < 0 && !pushes(rule, speaker, liking)) {
        continue;
      }
      work[node.index] = Scores.add(work[node.index], scaled(liking, factor));
    }
    boolean available = available(nodes, work, target);
    if (available) {
      for (ColocationRule further : othersWith(speaker)) {
        double product = factor * further.score() / Scores.INFINITY;
        addPreferences(further.dependent(), work, further, product, target);
      }
      System.arraycopy(work, 0, scores, 0, work.length);
    }
    speaker.assigning = false;
    return available;
  }

  /**
   * Whether a node that a dependent cannot use becomes attractive to the primary that it is to be
   * kept away from: only when the dependent has just one node left, and the primary does not cling
   * to where it is.
   */
  private static boolean pushes(ColocationRule rule, PrimitiveResource dependent, int liking) {
    if (rule.primary().stickiness >= -liking) {
      return false;
    }
    int usable = 0;
    for (ClusterNode node : dependent.situation.nodes) {
      boolean all = true;
      for (PrimitiveResource each : rule.dependent().primitives()) {
        all &= each.score(node) >= 0;
      }
      if (all) {
        usable++;
      }
    }
    return usable == 1;
  }

  private static int scaled(int score, double factor) {
    double product = score * factor;
    long rounded = Math.round(Math.abs(product));
    if (rounded == 0 && product != 0) {
      rounded = 1;
    }
    return Scores.bound(product < 0 ? -rounded : rounded);
  }

  private static int best(PrimitiveResource resource, ClusterNode node, ColocationRule rule) {
    if (rule.attribute().equals("#uname")) {
      return resource.score(node);
    }
    int best = -Scores.INFINITY;
    for (ClusterNode other : resource.situation.nodes) {
      if (same(rule, node, other) && other.available()) {
        best = Math.max(best, resource.score(other));
      }
    }
    return best;
  }

  private static boolean available(
      List<ClusterNode> nodes, int[] scores, PrimitiveResource target) {
    for (ClusterNode node : nodes) {
      if (node.available() && target.allowed[node.index] && scores[node.index] >= 0) {
        return true;
      }
    }
    return false;
  }
}
