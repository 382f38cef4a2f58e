package org.ringward.core.policy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Cib;
import org.ringward.core.graph.TransitionGraph;
import org.ringward.core.policy.actions.Actions;
import org.ringward.core.policy.facts.Facts;
import org.ringward.core.policy.model.PlannedAction;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.model.Tasks;
import org.ringward.core.policy.placement.Constraints;
import org.ringward.core.policy.placement.Placement;
import org.ringward.core.policy.report.Change;
import org.ringward.core.policy.report.Changes;
import org.ringward.core.policy.report.Placements;
import org.ringward.core.policy.report.PlannedSteps;

/**
 * Decides what should run where, and what must be done for it, with the meaning of Pacemaker 3.0's
 * options. Each step is a chapter of its own; this page is their order. All functions are pure: the
 * same cib and time give the same result. Whatever cannot be understood is left aside; nothing is
 * thrown for a cib that could be read.
 */
public final class Scheduler {
  private Scheduler() {}

  /**
   * Schedules one state of the cluster.
   *
   * @param now the present, seconds since 1970
   */
  public static Schedule schedule(Cib cib, long now) {
    Facts facts = Facts.read(cib, now);
    TransitionGraph graph = graph(facts);
    return schedule(facts.situation(), graph);
  }

  /** As {@link #schedule}, with the reasons of everything; takes longer. */
  public static Explanation explain(Cib cib, long now) {
    Facts facts = Facts.read(cib, now);
    Situation situation = facts.situation();
    situation.explaining = true;
    TransitionGraph graph = graph(facts);
    return new Explanation(
        schedule(situation, graph), Placements.of(situation), PlannedSteps.of(situation, graph));
  }

  /** The chapters behind the facts: scores, definitions that changed, placement, actions. */
  static TransitionGraph graph(Facts facts) {
    Constraints.read(facts);
    Actions actions = new Actions(facts);
    actions.findChanges();
    Placement.assign(facts);
    return actions.plan();
  }

  /** What follows for people from a graph that was made for that situation. */
  static Schedule schedule(Situation situation, TransitionGraph graph) {
    List<Schedule.PlannedChange> changes = new ArrayList<>();
    List<Schedule.NodeVerdict> fencing = new ArrayList<>();
    for (PlannedAction action : situation.actions) {
      PolicyNode node = action.node;
      if (node != null && action.scheduled() && !action.pseudo) {
        if (action.is(Tasks.FENCE)) {
          fenced(action, node, changes, fencing);
        } else if (action.is(Tasks.SHUTDOWN)) {
          changes.add(onNode(node, "Shutdown", "shutdown was requested"));
        }
      }
    }
    for (Change change : Changes.of(situation)) {
      changes.add(
          new Schedule.PlannedChange(
              change.resource().id,
              change.action(),
              name(change.from()),
              name(change.to()),
              change.reason(),
              change.blocked()));
    }
    return new Schedule(graph, changes, fencing, situation.recheckAt(), warnings(situation));
  }

  private static void fenced(
      PlannedAction action,
      PolicyNode node,
      List<Schedule.PlannedChange> changes,
      List<Schedule.NodeVerdict> fencing) {
    String how = action.meta.getOrDefault("stonith_action", "reboot");
    String reason = action.reason == null ? "unclean" : action.reason;
    changes.add(onNode(node, "Fence (" + how + ")", reason));
    if (!how.equals("on")) {
      fencing.add(new Schedule.NodeVerdict(node.name, reason));
    }
  }

  private static Schedule.PlannedChange onNode(PolicyNode node, String action, String reason) {
    return new Schedule.PlannedChange(node.name, action, node.name, "", reason, false);
  }

  private static String name(@Nullable PolicyNode node) {
    return node == null ? "" : node.name;
  }

  private static List<String> warnings(Situation situation) {
    List<String> warnings = new ArrayList<>(situation.notes);
    if (situation.options.fencingEnabled && !situation.hasFencingDevice) {
      warnings.add("nothing is started or stopped: there is no fencing device (fencing-enabled)");
    }
    for (PolicyNode node : situation.nodes) {
      if (node.unclean && node.fencing == null && !node.isGuest()) {
        String why = node.uncleanReason == null ? "" : ": " + node.uncleanReason;
        warnings.add("node " + node.name + " is unclean and cannot be fenced" + why);
      }
    }
    return warnings;
  }
}
