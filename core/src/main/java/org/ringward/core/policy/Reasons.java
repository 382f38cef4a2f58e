package org.ringward.core.policy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says in one sentence why a resource goes where it goes. */
final class Reasons {
  private Reasons() {}

  /** Why nothing can run on a node; null when it can. */
  static @Nullable String obstacle(ClusterNode node) {
    if (node.unclean) {
      return "unclean (" + node.uncleanReason + ")";
    }
    if (!node.online) {
      return "offline";
    }
    if (node.pending) {
      return "pending";
    }
    if (node.shutdown) {
      return "shutting down";
    }
    if (node.maintenance) {
      return "in maintenance";
    }
    if (node.standby) {
      return "standby";
    }
    return node.standbyAfterFailure ? "standby after a failure" : null;
  }

  static String sentence(PrimitiveResource resource, @Nullable ClusterNode node) {
    if (resource.blocked) {
      return resource.id + " is blocked after a failure and left as it is until it is cleaned up.";
    }
    if (!resource.managed) {
      return resource.id + " is not managed and left as it is.";
    }
    if (node == null) {
      return nowhere(resource);
    }
    PlannedAction start = resource.find(PlannedAction.START, node);
    if (start != null && !start.runnable) {
      return resource.id
          + " should run on "
          + node.name
          + " but cannot be started: "
          + start.blockedReason
          + ".";
    }
    String main = strongest(resource, node);
    String current = resource.currentNode() == node ? "stays on " : "goes to ";
    String because =
        main == null
            ? (onlyOne(resource)
                ? "no other node is available"
                : "nothing speaks for" + " another node")
            : main;
    return resource.id
        + " "
        + current
        + node.name
        + ": score "
        + Scores.text(resource.score(node))
        + ", "
        + because
        + ".";
  }

  private static String nowhere(PrimitiveResource resource) {
    if (resource.stoppedBecause != null) {
      return resource.id + " is stopped: " + resource.stoppedBecause + ".";
    }
    List<String> obstacles = new ArrayList<>();
    for (ClusterNode node : resource.situation.nodes) {
      String obstacle = obstacle(node);
      if (obstacle == null) {
        obstacle = ban(resource, node);
      }
      obstacles.add(node.name + " " + obstacle);
    }
    return resource.id + " cannot run anywhere: " + String.join(", ", obstacles) + ".";
  }

  private static String ban(PrimitiveResource resource, ClusterNode node) {
    for (PolicyResource.Contribution each : resource.contributions) {
      if (each.nodeIndex() == node.index && each.score() <= -Scores.INFINITY) {
        return "is banned (" + each.source() + ")";
      }
    }
    return "has score " + Scores.text(resource.score(node));
  }

  private static boolean onlyOne(PrimitiveResource resource) {
    int possible = 0;
    for (ClusterNode node : resource.situation.nodes) {
      if (node.available() && resource.score(node) >= 0) {
        possible++;
      }
    }
    return possible <= 1;
  }

  private static @Nullable String strongest(PrimitiveResource resource, ClusterNode node) {
    PolicyResource.Contribution strongest = null;
    for (PolicyResource.Contribution each : resource.contributions) {
      if (each.nodeIndex() == node.index
          && each.score() > 0
          && (strongest == null || each.score() > strongest.score())) {
        strongest = each;
      }
    }
    return strongest == null ? null : "mainly " + strongest.source();
  }
}
