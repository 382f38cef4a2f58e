package org.ringward.core.policy.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.ResourceHistory;
import org.ringward.core.graph.GraphAction;
import org.ringward.core.graph.TransitionGraph;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.model.Tasks;
import org.ringward.core.policy.model.Values;

/** Carries a transition graph out on paper. */
public final class Simulation {
  private final Situation before;
  private final List<OperationSpec> failures;
  private final SimulatedStatus status;
  private final Set<String> remembered = new LinkedHashSet<>();
  private final List<String> lines = new ArrayList<>();

  /**
   * What came of it.
   *
   * @param executing a line for each action, in an order that the graph allows
   * @param after the cluster with all results entered
   */
  public record Result(List<String> executing, Cib after) {
    public Result {
      executing = List.copyOf(executing);
    }
  }

  private Simulation(Situation before, List<OperationSpec> failures) {
    this.before = before;
    this.failures = failures;
    this.status = new SimulatedStatus(before.cib, before.now);
    for (NodeState state : before.cib.status().nodes()) {
      for (ResourceHistory history : state.histories()) {
        remembered.add(history.id());
      }
    }
  }

  /**
   * Carries out a graph: every action gives the result that is expected of it, and the transition
   * ends with the first one that is among the failures.
   *
   * @param before what the graph was made for
   * @param failures results that differ from what is expected
   */
  public static Result run(Situation before, TransitionGraph graph, List<OperationSpec> failures) {
    Simulation simulation = new Simulation(before, failures);
    simulation.carryOut(graph);
    return new Result(simulation.lines, simulation.status.cib());
  }

  private void carryOut(TransitionGraph graph) {
    Set<Integer> done = new LinkedHashSet<>();
    boolean progress = true;
    while (progress) {
      progress = false;
      for (TransitionGraph.Synapse synapse : graph.synapses()) {
        int id = synapse.action().id();
        if (done.contains(id) || !done.containsAll(synapse.inputs())) {
          continue;
        }
        if (!carryOut(synapse.action())) {
          return;
        }
        done.add(id);
        progress = true;
      }
    }
  }

  /** Whether it went well. */
  private boolean carryOut(GraphAction action) {
    switch (action.kind()) {
      case PSEUDO_EVENT -> {
        String where = action.onNode() == null ? "" : " on " + action.onNode();
        lines.add("  * Pseudo action:   " + action.operationKey() + where);
      }
      case CRM_EVENT -> clusterAction(action);
      case RSC_OP -> {
        return resourceAction(action);
      }
    }
    return true;
  }

  private void clusterAction(GraphAction action) {
    if (action.operation().equals(Tasks.FENCE)) {
      String how = action.meta("stonith_action");
      lines.add("  * Fencing " + action.onNode() + " (" + how + ")");
      if (!"on".equals(how)) {
        status.fenced(action);
      }
      return;
    }
    GraphAction.PrimitiveRef resource = action.primitive();
    String what = resource == null ? "" : " for " + resource.id();
    lines.add("  * Cluster action:  " + action.operation() + what + " on " + action.onNode());
  }

  private boolean resourceAction(GraphAction action) {
    GraphAction.PrimitiveRef resource = action.primitive();
    if (resource == null) {
      return true;
    }
    String name = name(resource);
    long interval = Values.number(action.meta("interval"), 0);
    StringBuilder line = new StringBuilder("  * Resource action: ").append(name);
    line.append(" ".repeat(Math.max(0, 15 - name.length()))).append(' ');
    line.append(action.operation());
    if (interval > 0) {
      line.append('=').append(interval);
    }
    lines.add(line.append(" on ").append(action.onNode()).toString());
    switch (action.operation()) {
      case Tasks.DELETE, Tasks.CANCEL, Tasks.NOTIFY -> {
        return true;
      }
      default -> {}
    }
    int expected = (int) Values.number(action.meta("op_target_rc"), 0);
    OperationSpec failure = failure(action, name, interval);
    int exitCode = failure == null ? expected : failure.exitCode();
    status.result(action, resource, name, interval, expected, exitCode);
    if (exitCode != expected) {
      lines.add("    Pretending action " + action.id() + " failed with rc=" + exitCode);
    }
    return exitCode == expected;
  }

  /** An anonymous instance goes by its plain name if some history knows it by that. */
  private String name(GraphAction.PrimitiveRef resource) {
    String longId = resource.longId();
    if (longId == null || exists(resource.id()) || remembered.contains(resource.id())) {
      return resource.id();
    }
    return exists(longId) ? longId : resource.id();
  }

  private boolean exists(String id) {
    PolicyResource resource = before.resource(id);
    return resource != null && resource.id.equals(id);
  }

  private @Nullable OperationSpec failure(GraphAction action, String name, long interval) {
    GraphAction.PrimitiveRef resource = action.primitive();
    for (OperationSpec each : failures) {
      boolean same =
          each.resource().equals(name)
              || (resource != null
                  && (each.resource().equals(resource.id())
                      || each.resource().equals(resource.longId())));
      if (same
          && each.task().equals(action.operation())
          && each.intervalMs() == interval
          && each.node().equals(action.onNode())) {
        return each;
      }
    }
    return null;
  }
}
