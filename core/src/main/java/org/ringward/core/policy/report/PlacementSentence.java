package org.ringward.core.policy.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.PlannedAction;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.ScoreContribution;
import org.ringward.core.policy.model.Scores;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.model.Tasks;

/** Says in one sentence why a resource goes where it goes. */
final class PlacementSentence {
  private final Situation situation;
  private final PrimitiveResource resource;
  private final @Nullable PolicyNode node;

  /**
   * @param node where it should run, null for nowhere
   */
  PlacementSentence(Situation situation, PrimitiveResource resource, @Nullable PolicyNode node) {
    this.situation = situation;
    this.resource = resource;
    this.node = node;
  }

  String text() {
    return resource.id + " " + predicate() + ".";
  }

  private String predicate() {
    if (resource.blocked) {
      return "is blocked after a failure and left as it is until it is cleaned up";
    }
    if (!resource.managed) {
      boolean fencer = situation.options.fencingEnabled && !situation.hasFencingDevice;
      return "is not managed and left as it is"
          + (fencer ? ": there is no fencing device, and fencing-enabled is not off" : "");
    }
    if (node == null) {
      return nowhere();
    }
    PlannedAction start = start(node);
    if (start != null && !start.runnable) {
      String why = start.reason == null ? "" : ": " + start.reason;
      return "should run on " + node.name + " but cannot be started" + why;
    }
    return where(node);
  }

  private @Nullable PlannedAction start(PolicyNode on) {
    for (PlannedAction action : resource.actions) {
      if (action.is(Tasks.START) && action.node == on && !action.optional) {
        return action;
      }
    }
    return null;
  }

  private String where(PolicyNode on) {
    String way = resource.runningOn.contains(on) ? "stays on " : "goes to ";
    String role = resource.nextRole == Role.PROMOTED ? " in the promoted role" : "";
    String main = strongest(on);
    String because =
        main != null
            ? "mainly " + main
            : onlyOne() ? "no other node is available" : "nothing speaks for another node";
    return way
        + on.name
        + role
        + ": score "
        + Scores.text(resource.allowed.score(on))
        + ", "
        + because;
  }

  private String nowhere() {
    String demand = demand();
    if (demand != null) {
      return "is stopped: " + demand;
    }
    List<String> obstacles = new ArrayList<>();
    for (PolicyNode each : situation.nodes) {
      String obstacle = NodeObstacles.of(each);
      obstacles.add(each.name + " is " + (obstacle == null ? ban(each) : obstacle));
    }
    return "cannot run anywhere" + (obstacles.isEmpty() ? "" : ": " + String.join(", ", obstacles));
  }

  /** Who wants it stopped, null when it is only that no node is left. */
  private @Nullable String demand() {
    if (situation.options.stopAllResources) {
      return "stop-all-resources";
    }
    String why = resource.nextRoleReason;
    if (why != null && !why.equals("unable to assign") && !why.equals("node availability")) {
      return why;
    }
    if (resource.removed) {
      return "it is not configured any more";
    }
    return null;
  }

  private String ban(PolicyNode each) {
    for (ScoreContribution part : Placements.parts(resource, each)) {
      if (part.score() <= -Scores.INFINITY) {
        return "ruled out (" + part.source() + ")";
      }
    }
    int score = resource.allowed.score(each);
    return score < 0
        ? "not wanted (score " + Scores.text(score) + ")"
        : "taken by other instances or ruled out by what it belongs to";
  }

  private boolean onlyOne() {
    int possible = 0;
    for (PolicyNode each : situation.nodes) {
      boolean free = NodeObstacles.of(each) == null && resource.allowed.contains(each);
      possible += free && resource.allowed.score(each) >= 0 ? 1 : 0;
    }
    return possible <= 1;
  }

  private @Nullable String strongest(PolicyNode on) {
    ScoreContribution strongest = null;
    for (ScoreContribution part : Placements.parts(resource, on)) {
      if (part.score() > 0 && (strongest == null || part.score() > strongest.score())) {
        strongest = part;
      }
    }
    return strongest == null ? null : strongest.source();
  }
}
