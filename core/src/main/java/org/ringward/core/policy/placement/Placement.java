package org.ringward.core.policy.placement;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.facts.Facts;
import org.ringward.core.policy.model.ClusterOptions;
import org.ringward.core.policy.model.NodeTable;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.Scores;
import org.ringward.core.policy.model.Situation;

/**
 * Decides where every resource goes, and in which role. Afterwards every primitive has {@code
 * assigned}, null for nowhere, and a {@code nextRole} that is not unknown.
 */
public final class Placement {
  private final Situation situation;
  private final Assigning assigning;

  private Placement(Facts facts) {
    this.situation = facts.situation();
    this.assigning = new Assigning(facts);
  }

  /** Needs the scores that {@link Constraints#read} worked out. */
  public static void assign(Facts facts) {
    new Placement(facts).run();
  }

  private void run() {
    if (situation.options.placement != ClusterOptions.Placement.DEFAULT) {
      sortResources();
    }
    // Whether remote nodes will be there has to be known first.
    for (PolicyResource resource : situation.resources) {
      if (isConnection(resource)) {
        PolicyNode target = ((PrimitiveResource) resource).partialMigrationTarget;
        assigning.assign(resource, target, true);
      }
    }
    for (PolicyResource resource : situation.resources) {
      if (!isConnection(resource)) {
        assigning.assign(resource, null, true);
      }
    }
    for (PrimitiveResource primitive : situation.primitives()) {
      if (primitive.nextRole == Role.UNKNOWN) {
        primitive.nextRole = primitive.assigned == null ? Role.STOPPED : Role.STARTED;
      }
    }
  }

  private static boolean isConnection(PolicyResource resource) {
    return resource instanceof PrimitiveResource primitive && primitive.remoteNode != null;
  }

  /** Those with the best scores get the room first. */
  private void sortResources() {
    Map<PolicyResource, NodeTable> tables = new LinkedHashMap<>();
    for (PolicyResource resource : situation.resources) {
      tables.put(resource, assigning.wishes.own(resource));
    }
    NodeTable all = new NodeTable(situation.nodes.size());
    situation.nodes.forEach(node -> all.put(node, 0));
    List<PolicyNode> nodes = assigning.ranking.sorted(all, null);
    List<PolicyResource> sorted = new ArrayList<>(situation.resources);
    sorted.sort((a, b) -> a == b ? 0 : compare(a, tables.get(a), b, tables.get(b), nodes));
    situation.resources = sorted;
  }

  private static int compare(
      PolicyResource a,
      @Nullable NodeTable tableA,
      PolicyResource b,
      @Nullable NodeTable tableB,
      List<PolicyNode> nodes) {
    if (a.priority != b.priority) {
      return Integer.compare(b.priority, a.priority);
    }
    if (tableA == null || tableB == null) {
      return 0;
    }
    int hereA = current(a, tableA);
    int hereB = current(b, tableB);
    if (hereA != hereB) {
      return Integer.compare(hereB, hereA);
    }
    for (PolicyNode node : nodes) {
      if (tableA.score(node) != tableB.score(node)) {
        return Integer.compare(tableB.score(node), tableA.score(node));
      }
    }
    return 0;
  }

  private static int current(PolicyResource resource, NodeTable table) {
    PolicyNode node = resource.currentNode();
    return node == null ? -Scores.INFINITY : table.score(node);
  }
}
