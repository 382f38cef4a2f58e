package org.ringward.core.policy.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ringward.core.graph.GraphAction;
import org.ringward.core.graph.TransitionGraph;
import org.ringward.core.policy.model.PlannedAction;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.model.Tasks;

/** Says of every action of a graph why it is there and what it waits for. */
public final class PlannedSteps {
  private final Map<Integer, GraphAction> inGraph = new LinkedHashMap<>();

  private PlannedSteps() {}

  /** In the order of the graph, which was made from the situation. */
  public static List<PlannedStep> of(Situation situation, TransitionGraph graph) {
    PlannedSteps chapter = new PlannedSteps();
    Map<Integer, PlannedAction> planned = new LinkedHashMap<>();
    for (PlannedAction action : situation.actions) {
      planned.put(action.id, action);
    }
    for (TransitionGraph.Synapse synapse : graph.synapses()) {
      chapter.inGraph.put(synapse.action().id(), synapse.action());
    }
    List<PlannedStep> steps = new ArrayList<>();
    for (TransitionGraph.Synapse synapse : graph.synapses()) {
      PlannedAction action = planned.get(synapse.action().id());
      if (action != null) {
        steps.add(chapter.step(synapse, action));
      }
    }
    return steps;
  }

  private PlannedStep step(TransitionGraph.Synapse synapse, PlannedAction action) {
    List<String> waitsFor = new ArrayList<>();
    for (int input : synapse.inputs()) {
      GraphAction first = inGraph.get(input);
      if (first != null) {
        String node = first.onNode();
        waitsFor.add(node == null ? first.operationKey() : first.operationKey() + " on " + node);
      }
    }
    return new PlannedStep(
        synapse.action().operationKey(),
        synapse.action().onNode(),
        List.copyOf(names(action.resource)),
        reason(action),
        waitsFor);
  }

  private static Set<String> names(@Nullable PolicyResource resource) {
    Set<String> names = new LinkedHashSet<>();
    for (PolicyResource each = resource; each != null; each = each.parent) {
      names.add(each.id);
      names.add(each.configuredId);
    }
    return names;
  }

  private static String reason(PlannedAction action) {
    if (action.reason != null) {
      return action.reason;
    }
    PlannedAction cause = action.cause;
    if (cause != null) {
      return "required by " + cause.key + (cause.node == null ? "" : " on " + cause.node.name);
    }
    PolicyResource resource = action.resource;
    if (resource == null || action.pseudo) {
      return byTask(action);
    }
    return resource instanceof PrimitiveResource primitive
        ? ofPrimitive(action, primitive)
        : byTask(action);
  }

  private static String ofPrimitive(PlannedAction action, PrimitiveResource resource) {
    if (action.isProbe()) {
      return "it is not known whether it is active there";
    }
    if (action.intervalMs > 0 && !action.is(Tasks.CANCEL)) {
      return "watches what runs there";
    }
    boolean recovering = resource.failed;
    return switch (action.task) {
      case Tasks.START -> recovering ? "recovers it after a failure" : "it should run there";
      case Tasks.STOP ->
          resource.assigned == null
              ? "it should run nowhere"
              : resource.assigned == action.node
                  ? (recovering ? "recovers it after a failure" : "it has to be restarted")
                  : "it should run on " + resource.assigned.name;
      case Tasks.PROMOTE -> "it should be promoted there";
      case Tasks.DEMOTE -> "it should not be promoted there, or not during what follows";
      default -> byTask(action);
    };
  }

  private static String byTask(PlannedAction action) {
    if (action.pseudo) {
      return "marks a point that others wait for";
    }
    return switch (action.task) {
      case Tasks.CANCEL -> "it is not wanted in this form any more";
      case Tasks.DELETE, Tasks.LRM_DELETE -> "what is remembered of it has no use any more";
      case Tasks.CLEAR_FAIL_COUNT -> "its failures do not count any more";
      case Tasks.NOTIFY -> "tells the instances what happens to the others";
      case Tasks.MIGRATE_TO, Tasks.MIGRATE_FROM -> "moves it while it runs";
      case Tasks.RELOAD -> "its parameters changed";
      case Tasks.SHUTDOWN -> "shutdown was requested";
      case Tasks.FENCE -> "the node has to be fenced";
      default -> "it is part of the plan";
    };
  }
}
