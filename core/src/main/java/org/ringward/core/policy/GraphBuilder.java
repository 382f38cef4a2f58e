package org.ringward.core.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Attributes;
import org.ringward.core.graph.GraphAction;
import org.ringward.core.graph.TransitionGraph;

/** Chapter 16: the graph of all actions that are required and can be run. */
final class GraphBuilder {
  private final Situation situation;
  private final List<TransitionGraph.Synapse> synapses = new ArrayList<>();

  private GraphBuilder(Situation situation) {
    this.situation = situation;
  }

  static TransitionGraph build(Situation situation) {
    LoopBreaker.run(situation.actions);
    GraphBuilder builder = new GraphBuilder(situation);
    for (PolicyResource resource : situation.resources) {
      builder.addActions(resource);
      if (resource instanceof GroupResource group) {
        group.members.forEach(builder::addActions);
      }
    }
    situation.fencing.forEach(builder::add);
    situation.shutdowns.forEach(builder::add);
    return new TransitionGraph(builder.attributes(), builder.synapses);
  }

  private Attributes attributes() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("cluster-delay", situation.options.clusterDelay());
    map.put("fencing-timeout", situation.options.fencingTimeout());
    map.put("failed-stop-offset", "INFINITY");
    map.put("failed-start-offset", situation.options.startFailureIsFatal() ? "INFINITY" : "1");
    map.put("batch-limit", situation.options.batchLimit());
    Long recheck = situation.recheckAt();
    if (recheck != null) {
      map.put("recheck-by", Long.toString(recheck));
    }
    map.put("transition_id", "1");
    return new Attributes(map);
  }

  private void addActions(PolicyResource resource) {
    for (int i = resource.actions.size() - 1; i >= 0; i--) {
      add(resource.actions.get(i));
    }
  }

  private void add(PlannedAction action) {
    if (!action.scheduled()) {
      return;
    }
    List<Integer> inputs = new ArrayList<>(action.before.size());
    for (PlannedAction.Edge edge : action.before) {
      if (edge.first().scheduled()) {
        inputs.add(edge.first().id);
      }
    }
    inputs.sort(null);
    int priority = action.resource == null ? 0 : action.resource.priority;
    synapses.add(
        new TransitionGraph.Synapse(
            synapses.size(), Math.max(0, priority), graphAction(action), inputs));
  }

  private GraphAction graphAction(PlannedAction action) {
    ClusterNode node = action.pseudo ? null : action.node;
    List<String> downed =
        action.node != null
                && (action.is(PlannedAction.FENCE) || action.is(PlannedAction.SHUTDOWN))
                && !"on".equals(action.fencingAction)
            ? List.of(action.node.id)
            : List.of();
    return new GraphAction(
        action.id,
        kind(action),
        action.task,
        action.key,
        null,
        node == null ? null : node.name,
        node == null ? null : node.id,
        action.pseudo ? null : reference(action),
        attributes(action, node),
        downed);
  }

  private static GraphAction.Kind kind(PlannedAction action) {
    if (action.pseudo) {
      return GraphAction.Kind.PSEUDO_EVENT;
    }
    return switch (action.task) {
      case PlannedAction.FENCE, PlannedAction.SHUTDOWN, PlannedAction.CLEAR_FAIL_COUNT ->
          GraphAction.Kind.CRM_EVENT;
      default -> GraphAction.Kind.RSC_OP;
    };
  }

  private static GraphAction.@Nullable PrimitiveRef reference(PlannedAction action) {
    if (!(action.resource instanceof PrimitiveResource resource)) {
      return null;
    }
    return new GraphAction.PrimitiveRef(
        resource.id,
        null,
        resource.agentClass,
        resource.provider.isEmpty() ? null : resource.provider,
        resource.type);
  }

  private Attributes attributes(PlannedAction action, @Nullable ClusterNode node) {
    Map<String, String> map = new TreeMap<>();
    if (node != null) {
      map.put("CRM_meta_on_node", node.name);
      map.put("CRM_meta_on_node_uuid", node.id);
    }
    if (action.fencingAction != null) {
      map.put("CRM_meta_stonith_action", action.fencingAction);
      return new Attributes(map);
    }
    if (action.is(PlannedAction.SHUTDOWN) || action.is(PlannedAction.CLEAR_FAIL_COUNT)) {
      map.put("CRM_meta_op_no_wait", "true");
    }
    if (action.resource == null) {
      return new Attributes(map);
    }
    settings(action, map);
    if (action.expectedExitCode >= 0) {
      map.put("CRM_meta_op_target_rc", Integer.toString(action.expectedExitCode));
    }
    if (action.intervalMs > 0) {
      map.put("CRM_meta_interval", Long.toString(action.intervalMs));
    }
    if (action.is(PlannedAction.CANCEL)) {
      map.put("CRM_meta_operation", action.cancelledTask == null ? "" : action.cancelledTask);
      if (action.cancelledCallId >= 0) {
        map.put("CRM_meta_call_id", Long.toString(action.cancelledCallId));
      }
    }
    if (!action.pseudo && action.resource instanceof PrimitiveResource resource) {
      map.putAll(resource.parameters(action.node));
      if (action.settings != null && !action.isProbe()) {
        map.putAll(action.settings.parameters());
      }
    }
    return new Attributes(map);
  }

  private void settings(PlannedAction action, Map<String, String> map) {
    OperationSettings settings = action.settings;
    long timeout = settings == null ? situation.defaultOperation.timeoutMs() : settings.timeoutMs();
    map.put("CRM_meta_timeout", Long.toString(timeout));
    if (settings == null) {
      return;
    }
    boolean own = !action.isProbe() || settings.intervalMs() == 0;
    if (own) {
      map.put("CRM_meta_name", settings.name());
      settings
          .meta()
          .forEach((name, value) -> {
            if (!name.equals("timeout")) {
              map.put("CRM_meta_" + name.replace('-', '_'), value);
            }
          });
    }
  }
}
