package org.ringward.core.policy;

/** Stickiness, and the bans that follow from too many failures. */
final class Preferences {
  private Preferences() {}

  static void apply(Situation situation) {
    for (PrimitiveResource resource : situation.primitives) {
      stickiness(resource);
      failureLimit(resource);
    }
  }

  /** A resource that runs on one node likes to stay there. */
  private static void stickiness(PrimitiveResource resource) {
    if (!resource.managed || resource.stickiness == 0 || resource.runningOn.size() != 1) {
      return;
    }
    ClusterNode node = resource.runningOn.getFirst();
    if (resource.allowed[node.index]) {
      resource.addScore(node, resource.stickiness, "stickiness");
    }
  }

  /** After migration-threshold failures a node is out of the question. */
  private static void failureLimit(PrimitiveResource resource) {
    if (resource.migrationThreshold == 0 || resource.ignoreFailure) {
      return;
    }
    for (ClusterNode node : resource.situation.nodes) {
      int count = resource.situation.failCounts().effective(resource, node);
      if (count > 0 && count >= resource.migrationThreshold) {
        String source =
            "failed "
                + Scores.text(count)
                + " times, migration-threshold "
                + Scores.text(resource.migrationThreshold);
        resource.addScore(node, -Scores.INFINITY, source);
      }
    }
  }
}
