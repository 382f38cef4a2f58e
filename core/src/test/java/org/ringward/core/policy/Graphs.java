package org.ringward.core.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.ringward.core.cib.Attributes;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.NodeState;
import org.ringward.core.graph.GraphAction;
import org.ringward.core.graph.TransitionGraph;

/** Looks into graphs, and changes states, for tests. */
final class Graphs {
  private Graphs() {}

  static List<String> keys(TransitionGraph graph) {
    return graph.synapses().stream().map(synapse -> synapse.action().operationKey()).toList();
  }

  /** What the only action with that key waits for, as KEY@NODE, without a node for a pseudo one. */
  static List<String> inputs(TransitionGraph graph, String key) {
    List<String> inputs = new ArrayList<>();
    int found = 0;
    for (TransitionGraph.Synapse synapse : graph.synapses()) {
      if (synapse.action().operationKey().equals(key)) {
        found++;
        for (int id : synapse.inputs()) {
          inputs.add(name(graph, id));
        }
      }
    }
    if (found != 1) {
      throw new AssertionError(found + " actions " + key + " in " + keys(graph));
    }
    return inputs;
  }

  private static String name(TransitionGraph graph, int id) {
    for (TransitionGraph.Synapse synapse : graph.synapses()) {
      if (synapse.action().id() == id) {
        String node = synapse.action().onNode();
        return synapse.action().operationKey() + (node == null ? "" : "@" + node);
      }
    }
    throw new AssertionError("no action " + id);
  }

  /** With the state of a node, which must be there, changed. */
  static Cib edit(Cib cib, String node, UnaryOperator<NodeState> change) {
    NodeState state = cib.status().node(node);
    if (state == null) {
      throw new AssertionError("no node " + node);
    }
    return cib.withStatus(cib.status().withNode(change.apply(state)));
  }

  /** With a transient attribute of a node set. */
  static Cib withAttribute(Cib cib, String node, String name, String value) {
    return edit(cib, node, state -> state.withTransientAttribute(name, value));
  }

  static Cib withState(
      Cib cib, String node, String inCcm, String crmd, String join, String expected) {
    return edit(
        cib,
        node,
        state ->
            new NodeState(
                state
                    .attributes()
                    .with("in_ccm", inCcm)
                    .with("crmd", crmd)
                    .with("join", join)
                    .with("expected", expected),
                state.transientAttributes(),
                state.histories(),
                state.others()));
  }

  /** The monitor of a resource on node a gave an exit code that it should not. */
  static Cib failedMonitor(Cib cib, String resource, int exitCode) {
    GraphAction action =
        new GraphAction(
            1,
            GraphAction.Kind.RSC_OP,
            "monitor",
            resource + "_monitor_10000",
            null,
            "a",
            "1",
            new GraphAction.PrimitiveRef(resource, null, "ocf", "pacemaker", "Dummy"),
            Attributes.of("CRM_meta_interval", "10000", "CRM_meta_timeout", "20000"),
            List.of());
    return GraphSimulation.result(cib, "a", action, exitCode, 0, 1_000, Clusters.NOW);
  }
}
