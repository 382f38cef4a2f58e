package org.ringward.core.policy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.NodeState;
import org.ringward.core.graph.GraphAction;
import org.ringward.core.graph.TransitionGraph;
import org.ringward.core.history.FailCounts;
import org.ringward.core.history.OperationHistory;
import org.ringward.core.history.OperationResult;

/** Carries out graphs on paper, but with failures: exit codes, time-outs, steps left undone. */
final class FailingClusters {
  private FailingClusters() {}

  /** One graph, of which some actions fail or are not reached. */
  static Cib carryOut(Cib cib, TransitionGraph graph, Random random, long[] callId) {
    Cib current = cib;
    Set<Integer> done = new LinkedHashSet<>();
    for (TransitionGraph.Synapse synapse : graph.synapses()) {
      GraphAction action = synapse.action();
      if (!done.containsAll(synapse.inputs()) || random.nextInt(12) == 0) {
        continue;
      }
      String node = action.onNode();
      if (node == null) {
        done.add(action.id());
      } else if (action.kind() == GraphAction.Kind.CRM_EVENT) {
        TransitionGraph one =
            new TransitionGraph(
                graph.attributes(), List.of(new TransitionGraph.Synapse(0, 0, action, List.of())));
        current = GraphSimulation.apply(current, one, Clusters.NOW);
        done.add(action.id());
      } else {
        int before = failures(current, node, action);
        current = result(current, node, action, random, ++callId[0]);
        if (failures(current, node, action) == before) {
          done.add(action.id());
        }
      }
    }
    return current;
  }

  private static int failures(Cib cib, String node, GraphAction action) {
    return action.primitive() == null ? 0 : FailCounts.read(cib, node, action.primitive().id());
  }

  private static Cib result(Cib cib, String node, GraphAction action, Random random, long callId) {
    boolean fails = random.nextInt(8) == 0;
    int expected = (int) action.number("op_target_rc");
    int[] codes = {1, 7, 5, 2};
    int exitCode = fails ? codes[random.nextInt(codes.length)] : expected;
    int status = fails && random.nextInt(3) == 0 ? 2 : 0;
    OperationResult result =
        new OperationResult(exitCode, status, "", callId, Clusters.NOW, 1, 1, "uuid");
    Cib recorded = OperationHistory.record(cib, node, action, result);
    boolean probe = action.operation().equals("monitor") && action.number("interval") == 0;
    if (action.primitive() != null && !probe && OperationHistory.failed(action, result)) {
      long interval = action.number("interval");
      return FailCounts.increment(
          recorded, node, action.primitive().id(), action.operation(), interval, Clusters.NOW);
    }
    return recorded;
  }

  /** All nodes are members again; those that were fenced come back empty. */
  static Cib repair(Cib cib) {
    Cib current = cib;
    for (NodeState state : cib.status().nodes()) {
      current = Graphs.withState(current, state.uname(), "true", "online", "member", "member");
    }
    return current;
  }
}
