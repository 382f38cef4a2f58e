package org.ringward.core.policy.placement;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.BundleResource;
import org.ringward.core.policy.model.CloneResource;
import org.ringward.core.policy.model.ClusterOptions.Placement;
import org.ringward.core.policy.model.ColocationRule;
import org.ringward.core.policy.model.GroupResource;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Scores;
import org.ringward.core.policy.model.Situation;

/**
 * Utilization: what resources take, what nodes have left. Resources that must be together are
 * placed only where all of them find room, if there is such a node.
 */
final class Capacity {
  private Capacity() {}

  /** Below zero when the first node has more left, above zero when the second has. */
  static int compare(PolicyNode a, PolicyNode b) {
    int balance = 0;
    for (Map.Entry<String, Integer> entry : a.capacity.entrySet()) {
      balance += Integer.compare(b.capacity.getOrDefault(entry.getKey(), 0), entry.getValue());
    }
    for (Map.Entry<String, Integer> entry : b.capacity.entrySet()) {
      if (!a.capacity.containsKey(entry.getKey())) {
        balance += Integer.compare(entry.getValue(), 0);
      }
    }
    return Integer.signum(balance);
  }

  static void take(PolicyNode node, PrimitiveResource resource) {
    change(node, resource, -1);
  }

  static void giveBack(PolicyNode node, PrimitiveResource resource) {
    change(node, resource, 1);
  }

  private static void change(PolicyNode node, PrimitiveResource resource, int sign) {
    for (Map.Entry<String, Integer> entry : resource.utilization.entrySet()) {
      Integer left = node.capacity.get(entry.getKey());
      if (left != null) {
        node.capacity.put(entry.getKey(), left + sign * entry.getValue());
      }
    }
  }

  private static boolean hasRoom(PolicyNode node, Map<String, Integer> need) {
    for (Map.Entry<String, Integer> entry : need.entrySet()) {
      if (entry.getValue() > node.capacity.getOrDefault(entry.getKey(), 0)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Bans a resource from nodes without room.
   *
   * @return the node with most room, when no node has room for all that must be together
   */
  static @Nullable PolicyNode restrict(Situation situation, PrimitiveResource resource) {
    if (situation.options.placement == Placement.DEFAULT) {
      return null;
    }
    List<PolicyResource> together = new ArrayList<>();
    gather(resource, resource, together);
    Map<String, Integer> sum = new TreeMap<>();
    for (PolicyResource each : together) {
      addNeed(each, together, sum);
    }
    boolean anyRoom = false;
    PolicyNode mostFree = null;
    for (PolicyNode node : situation.nodes) {
      if (NodeTables.usable(node, resource.allowed)) {
        anyRoom |= hasRoom(node, sum);
        if (mostFree == null || compare(node, mostFree) < 0) {
          mostFree = node;
        }
      }
    }
    Map<String, Integer> need = anyRoom ? sum : resource.utilization;
    for (PolicyNode node : situation.nodes) {
      if (NodeTables.usable(node, resource.allowed) && !hasRoom(node, need)) {
        NodeTables.prefer(situation, resource, node, -Scores.INFINITY, "utilization");
      }
    }
    return anyRoom ? null : mostFree;
  }

  /** Collects what must be where the resource is. */
  private static void gather(
      PolicyResource resource, PolicyResource origin, List<PolicyResource> all) {
    if (all.contains(resource)) {
      return;
    }
    boolean whole =
        resource instanceof GroupResource group
            && (group.collocated || group.parent instanceof CloneResource);
    all.add(resource);
    if (whole) {
      for (PolicyResource member : resource.members()) {
        gather(member, origin, all);
      }
      return;
    }
    for (ColocationRule rule : ColocationLists.withOthers(resource)) {
      PolicyResource primary = rule.primary();
      if (primary != origin && binds(rule, resource, primary)) {
        gather(primary, origin, all);
      }
    }
    for (ColocationRule rule : ColocationLists.othersWith(resource)) {
      PolicyResource dependent = rule.dependent();
      boolean uncertain = Outcome.isCloneOrBundle(resource) && !Outcome.isCloneOrBundle(dependent);
      if (dependent != origin && !uncertain && binds(rule, dependent, resource)) {
        gather(dependent, origin, all);
      }
    }
  }

  private static boolean binds(
      ColocationRule rule, PolicyResource dependent, PolicyResource primary) {
    return rule.score() >= Scores.INFINITY
        && PrimaryEffects.about(dependent, primary, rule, true) == PrimaryEffects.About.PLACE;
  }

  private static void addNeed(
      PolicyResource resource, List<PolicyResource> together, Map<String, Integer> sum) {
    if (resource.assignmentDone) {
      return;
    }
    switch (resource) {
      case PrimitiveResource primitive ->
          primitive.utilization.forEach((name, value) -> sum.merge(name, value, Integer::sum));
      case GroupResource group -> {
        boolean whole = group.collocated || group.parent instanceof CloneResource;
        for (PrimitiveResource member : group.members) {
          if (!member.assignmentDone && !together.contains(member)) {
            addNeed(member, together, sum);
          }
          if (!whole) {
            break;
          }
        }
      }
      case CloneResource clone -> {
        if (!clone.instances.isEmpty() && !anyInstanceOf(clone, together)) {
          addNeed(clone.instances.getFirst(), together, sum);
        }
      }
      case BundleResource bundle -> {
        if (!bundle.replicas.isEmpty()) {
          addNeed(bundle.replicas.getFirst().container(), together, sum);
        }
      }
    }
  }

  private static boolean anyInstanceOf(CloneResource clone, List<PolicyResource> together) {
    for (PolicyResource each : together) {
      if (each != clone && each.isInside(clone)) {
        return true;
      }
    }
    return false;
  }
}
