package org.ringward.core.policy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.ringward.core.cib.Attributes;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.OperationRecord;
import org.ringward.core.cib.ResourceHistory;
import org.ringward.core.graph.GraphAction;
import org.ringward.core.graph.TransitionGraph;
import org.ringward.core.history.FailCounts;
import org.ringward.core.history.OperationHistory;
import org.ringward.core.history.OperationResult;
import org.ringward.core.policy.model.Tasks;

/** What a live cluster would remember after a graph was carried out and everything went well. */
final class GraphSimulation {
  private final long now;
  private Cib cib;
  private long callId;

  private GraphSimulation(Cib cib, long now) {
    this.cib = cib;
    this.now = now;
    this.callId = lastCallId(cib);
  }

  /**
   * Carries out a graph on paper: every action gives the result it should, a probe what it expects.
   * A fenced node and one that was shut down are gone, the former with its history.
   */
  static Cib apply(Cib cib, TransitionGraph graph, long now) {
    GraphSimulation simulation = new GraphSimulation(cib, now);
    Set<Integer> done = new LinkedHashSet<>();
    boolean progress = true;
    while (progress && done.size() < graph.synapses().size()) {
      progress = false;
      for (TransitionGraph.Synapse synapse : graph.synapses()) {
        int id = synapse.action().id();
        if (!done.contains(id) && done.containsAll(synapse.inputs())) {
          simulation.carryOut(synapse.action());
          done.add(id);
          progress = true;
        }
      }
    }
    return simulation.cib;
  }

  private void carryOut(GraphAction action) {
    String node = action.onNode();
    if (node == null) {
      return;
    }
    switch (action.operation()) {
      case Tasks.FENCE -> {
        if (!"on".equals(action.meta("stonith_action"))) {
          leave(node, true);
        }
      }
      case Tasks.SHUTDOWN -> leave(node, false);
      case Tasks.CLEAR_FAIL_COUNT -> {
        GraphAction.PrimitiveRef resource = action.primitive();
        if (resource != null) {
          cib = FailCounts.clear(cib, node, resource.id());
        }
      }
      default -> {
        int exitCode = (int) action.number("op_target_rc");
        cib = result(cib, node, action, exitCode, 0, ++callId, now);
      }
    }
  }

  /** Enters a result outside of any transition. */
  static Cib result(
      Cib cib, String node, GraphAction action, int exitCode, int status, long call, long now) {
    return OperationHistory.record(
        cib, node, action, new OperationResult(exitCode, status, "", call, now, 0, 0, "none"));
  }

  private void leave(String node, boolean fenced) {
    cib =
        Graphs.edit(
            cib,
            node,
            state -> {
              Attributes attributes =
                  state
                      .attributes()
                      .with("in_ccm", "false")
                      .with("crmd", "offline")
                      .with("join", "down")
                      .with("expected", "down");
              List<ResourceHistory> histories = fenced ? List.of() : state.histories();
              return new NodeState(attributes, List.of(), histories, state.others());
            });
  }

  private static long lastCallId(Cib cib) {
    long last = 0;
    for (NodeState state : cib.status().nodes()) {
      for (ResourceHistory history : state.histories()) {
        for (OperationRecord record : history.operations()) {
          last = Math.max(last, record.callId());
        }
      }
    }
    return last;
  }
}
