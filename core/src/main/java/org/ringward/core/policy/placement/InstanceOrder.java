package org.ringward.core.policy.placement;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.ColocationRule;
import org.ringward.core.policy.model.NodeTable;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Scores;

/** Which instance of a clone is assigned, or promoted, before which. */
final class InstanceOrder implements Comparator<PolicyResource> {
  private final DependentWishes wishes;

  InstanceOrder(DependentWishes wishes) {
    this.wishes = wishes;
  }

  @Override
  public int compare(PolicyResource a, PolicyResource b) {
    if (a == b) {
      return 0;
    }
    int runningA = a.runningOn.size();
    int runningB = b.runningOn.size();
    if (runningA > 0 && runningB > 0 && runningA != runningB) {
      return Integer.compare(runningA, runningB);
    }
    PolicyNode nodeA = allowedCurrent(a);
    PolicyNode nodeB = allowedCurrent(b);
    boolean bannedA = runningA > 0 && nodeA == null;
    boolean bannedB = runningB > 0 && nodeB == null;
    if (bannedA != bannedB) {
      return bannedA ? 1 : -1;
    }
    if (a.priority != b.priority) {
      return Integer.compare(b.priority, a.priority);
    }
    if (nodeA == null || nodeB == null) {
      return nodeA == nodeB ? byNumber(a, b) : nodeA == null ? 1 : -1;
    }
    return compareActive(a, nodeA, b, nodeB);
  }

  private static @Nullable PolicyNode allowedCurrent(PolicyResource instance) {
    PolicyNode node = instance.currentNode();
    return node == null || instance.allowed.score(node) < 0 ? null : node;
  }

  private int compareActive(
      PolicyResource a, PolicyNode nodeA, PolicyResource b, PolicyNode nodeB) {
    if (NodeTables.usable(nodeA) != NodeTables.usable(nodeB)) {
      return NodeTables.usable(nodeA) ? -1 : 1;
    }
    if (a.parent != null && b.parent != null) {
      boolean inA = a.parent.allowed.contains(nodeA);
      boolean inB = b.parent.allowed.contains(nodeB);
      if (inA != inB) {
        return inA ? -1 : 1;
      }
    }
    if (failed(a) != failed(b)) {
      return failed(a) ? 1 : -1;
    }
    int byColocation =
        Integer.compare(colocated(b, nodeA, nodeB, nodeB), colocated(a, nodeA, nodeB, nodeA));
    return byColocation != 0 ? byColocation : byNumber(a, b);
  }

  private static boolean failed(PolicyResource resource) {
    if (resource.failed) {
      return true;
    }
    for (PolicyResource member : resource.members()) {
      if (failed(member)) {
        return true;
      }
    }
    return false;
  }

  /** What the colocations of the clone make of the node where an instance is. */
  private int colocated(
      PolicyResource instance, PolicyNode nodeA, PolicyNode nodeB, PolicyNode own) {
    PolicyResource clone = instance.parent;
    if (clone == null) {
      return 0;
    }
    NodeTable table = new NodeTable(Math.max(nodeA.index, nodeB.index) + 1);
    table.put(nodeA, 0);
    table.put(nodeB, 0);
    for (ColocationRule rule : ColocationLists.withOthers(clone)) {
      float factor = rule.score() / (float) Scores.INFINITY;
      table = wishes.add(rule.primary(), instance, table, rule, factor, DependentWishes.Mode.PLAIN);
    }
    for (ColocationRule rule : ColocationLists.othersWith(clone)) {
      if (DependentWishes.hasInfluence(rule, instance)) {
        float factor = rule.score() / (float) Scores.INFINITY;
        table =
            wishes.add(
                rule.dependent(), instance, table, rule, factor, DependentWishes.Mode.POSITIVE);
      }
    }
    return table.score(own);
  }

  /** Numbers of instances count as numbers. */
  private static int byNumber(PolicyResource a, PolicyResource b) {
    return Integer.compare(number(a), number(b));
  }

  private static int number(PolicyResource instance) {
    if (instance instanceof PrimitiveResource primitive && primitive.instanceNumber >= 0) {
      return primitive.instanceNumber;
    }
    String id = instance.id;
    int end = id.length();
    int value = 0;
    int place = 1;
    while (end > 0 && Character.isDigit(id.charAt(end - 1)) && place < 1_000_000_000) {
      end--;
      value += place * (id.charAt(end) - '0');
      place *= 10;
    }
    return value;
  }
}
