package org.ringward.core.policy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.graph.TransitionGraph;

/** The last chapter: what was decided, for people. */
final class Explanation {
  private final Situation situation;
  private final List<Schedule.PlannedChange> changes = new ArrayList<>();

  private Explanation(Situation situation) {
    this.situation = situation;
  }

  static Schedule of(Situation situation, TransitionGraph graph) {
    Explanation explanation = new Explanation(situation);
    List<Schedule.NodeVerdict> verdicts = new ArrayList<>();
    for (PlannedAction fencing : situation.fencing) {
      explanation.fenced(fencing, verdicts);
    }
    for (PlannedAction shutdown : situation.shutdowns) {
      if (shutdown.scheduled() && shutdown.node != null) {
        String node = shutdown.node.name;
        explanation.changes.add(
            new Schedule.PlannedChange(node, "Shutdown", node, "", "shutdown was requested"));
      }
    }
    List<Schedule.Placement> placements = new ArrayList<>();
    for (PolicyResource top : situation.resources) {
      for (PrimitiveResource resource : top.primitives()) {
        explanation.change(resource);
        placements.add(explanation.placement(resource));
      }
    }
    return new Schedule(
        graph,
        explanation.changes,
        placements,
        verdicts,
        situation.recheckAt(),
        situation.warnings.list());
  }

  private void fenced(PlannedAction fencing, List<Schedule.NodeVerdict> verdicts) {
    ClusterNode node = fencing.node;
    if (node == null) {
      return;
    }
    String reason = fencing.reason == null ? "unclean" : fencing.reason;
    verdicts.add(new Schedule.NodeVerdict(node.name, reason));
    changes.add(
        new Schedule.PlannedChange(
            node.name, "Fence (" + fencing.fencingAction + ")", node.name, "", reason));
  }

  private void change(PrimitiveResource resource) {
    ClusterNode from = resource.active() ? resource.currentNode() : null;
    ClusterNode to = resource.nextRole == Role.STARTED ? resource.assigned : null;
    PlannedAction start = to == null ? null : resource.find(PlannedAction.START, to);
    if (from == null) {
      if (start != null && !start.optional) {
        add(resource, "Start", "", to, start);
      }
      return;
    }
    PlannedAction stop = resource.find(PlannedAction.STOP, from);
    boolean stopping = stop != null && !stop.optional;
    if (to == null) {
      stops(resource);
    } else if (stop != null && stopping && start != null && !start.runnable) {
      stops(resource);
    } else if (from != to) {
      add(resource, resource.failed ? "Recover" : "Move", from.name, to, start);
    } else if (resource.find(PlannedAction.RELOAD, to) != null) {
      add(resource, "Reload", from.name, to, resource.find(PlannedAction.RELOAD, to));
    } else if (stopping) {
      add(resource, resource.failed ? "Recover" : "Restart", from.name, to, stop);
    }
  }

  private void stops(PrimitiveResource resource) {
    for (PlannedAction stop : resource.actionsOf(PlannedAction.STOP)) {
      if (!stop.optional && stop.node != null) {
        add(resource, "Stop", stop.node.name, null, stop);
      }
    }
  }

  private void add(
      PrimitiveResource resource,
      String action,
      String from,
      @Nullable ClusterNode to,
      @Nullable PlannedAction deciding) {
    String reason = "";
    if (deciding != null) {
      String why = deciding.blockedReason != null ? deciding.blockedReason : deciding.reason;
      reason = why == null ? "" : why;
      if (!deciding.runnable) {
        reason = reason.isEmpty() ? "blocked" : reason + " (blocked)";
      }
    }
    changes.add(
        new Schedule.PlannedChange(resource.id, action, from, to == null ? "" : to.name, reason));
  }

  private Schedule.Placement placement(PrimitiveResource resource) {
    List<Schedule.Candidate> candidates = new ArrayList<>(situation.nodes.size());
    for (ClusterNode node : Assignment.ranking(resource)) {
      candidates.add(
          new Schedule.Candidate(node.name, resource.score(node), contributions(resource, node)));
    }
    boolean runs = resource.nextRole == Role.STARTED && resource.assigned != null;
    ClusterNode node = runs ? resource.assigned : null;
    return new Schedule.Placement(
        resource.id, node == null ? null : node.name, Reasons.sentence(resource, node), candidates);
  }

  private static List<Schedule.Contribution> contributions(
      PrimitiveResource resource, ClusterNode node) {
    List<Schedule.Contribution> found = new ArrayList<>();
    String obstacle = Reasons.obstacle(node);
    if (obstacle != null) {
      found.add(new Schedule.Contribution(-Scores.INFINITY, "node is " + obstacle));
    }
    if (!resource.allowed[node.index]) {
      found.add(
          new Schedule.Contribution(-Scores.INFINITY, "symmetric-cluster is off, not allowed"));
    }
    for (PolicyResource.Contribution each : resource.contributions) {
      if (each.nodeIndex() == node.index && each.score() != 0) {
        found.add(new Schedule.Contribution(each.score(), each.source()));
      }
    }
    return found;
  }
}
