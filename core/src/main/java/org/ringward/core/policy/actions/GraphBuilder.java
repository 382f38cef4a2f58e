package org.ringward.core.policy.actions;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Attributes;
import org.ringward.core.graph.GraphAction;
import org.ringward.core.graph.TransitionGraph;
import org.ringward.core.policy.model.BundleResource;
import org.ringward.core.policy.model.CloneResource;
import org.ringward.core.policy.model.ClusterOptions;
import org.ringward.core.policy.model.GroupResource;
import org.ringward.core.policy.model.PlannedAction;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.model.Tasks;

/** The graph of all actions that are required and can be run. */
final class GraphBuilder {
  private static final String META = "CRM_meta_";

  private final Planning planning;
  private final Situation situation;
  private final List<TransitionGraph.Synapse> synapses = new ArrayList<>();

  private GraphBuilder(Planning planning) {
    this.planning = planning;
    this.situation = planning.situation;
  }

  static TransitionGraph build(Planning planning) {
    LoopBreaker.run(planning.situation.actions);
    GraphBuilder builder = new GraphBuilder(planning);
    for (PolicyResource resource : planning.situation.resources) {
      builder.addAll(resource);
    }
    List<PlannedAction> bundles = new ArrayList<>();
    List<PlannedAction> known = new ArrayList<>();
    List<PlannedAction> found = new ArrayList<>();
    for (PlannedAction action : planning.situation.actions) {
      if (action.resource == null) {
        (builder.knownBefore(action) ? known : found).add(action);
      } else if (action.resource instanceof BundleResource) {
        bundles.add(action);
      }
    }
    found.reversed().forEach(builder::add);
    bundles.reversed().forEach(builder::add);
    known.reversed().forEach(builder::add);
    return new TransitionGraph(builder.attributes(), builder.synapses);
  }

  /** Whether it was called for before it was decided what has to be done with the resources. */
  private boolean knownBefore(PlannedAction action) {
    boolean late = action.pseudo || planning.lost.contains(action.node);
    return !action.is(Tasks.SHUTDOWN) && !(action.is(Tasks.FENCE) && late);
  }

  private Attributes attributes() {
    ClusterOptions options = situation.options;
    Map<String, String> map = new LinkedHashMap<>();
    map.put("cluster-delay", options.clusterDelay);
    map.put("fencing-timeout", options.fencingTimeout);
    map.put("failed-stop-offset", "INFINITY");
    map.put("failed-start-offset", options.startFailureIsFatal ? "INFINITY" : "1");
    map.put("batch-limit", options.batchLimit);
    Long recheck = situation.recheckAt();
    if (recheck != null) {
      map.put("recheck-by", Long.toString(recheck));
    }
    map.put("transition_id", "1");
    return new Attributes(map);
  }

  /** A resource's own actions from the newest to the oldest; those of a group come first. */
  private void addAll(PolicyResource resource) {
    if (resource instanceof GroupResource) {
      addOwn(resource);
    }
    for (PolicyResource member : inOrder(resource)) {
      addAll(member);
    }
    if (!(resource instanceof GroupResource) && !(resource instanceof BundleResource)) {
      addOwn(resource);
    }
  }

  /** What is bundled stands in the order of promotion, with those that go at the end. */
  private static List<? extends PolicyResource> inOrder(PolicyResource resource) {
    if (!(resource instanceof CloneResource clone) || !(clone.parent instanceof BundleResource)) {
      return resource.members();
    }
    List<PolicyResource> sorted =
        new ArrayList<>(clone.ranking.isEmpty() ? clone.instances : clone.ranking);
    sorted.sort(Comparator.comparing(GraphBuilder::goes));
    return sorted;
  }

  private static boolean goes(PolicyResource instance) {
    for (PrimitiveResource each : instance.primitives()) {
      if (each.assigned != null) {
        return false;
      }
    }
    return true;
  }

  private void addOwn(PolicyResource resource) {
    for (int i = resource.actions.size() - 1; i >= 0; i--) {
      add(resource.actions.get(i));
    }
  }

  /** Whether the action is in the graph. */
  static boolean included(PlannedAction action) {
    if (!action.runnable || (action.optional && !action.always)) {
      return false;
    }
    if (action.resource instanceof PrimitiveResource resource
        && !resource.managed
        && !action.pseudo
        && !action.is(Tasks.MONITOR)
        && !action.is(Tasks.CANCEL)
        && !action.is(Tasks.DELETE)
        && action.intervalMs == 0) {
      return false;
    }
    return true;
  }

  /** Whether an ordering of two actions of the graph stands in it. */
  static boolean counts(PlannedAction.Edge edge) {
    if (!included(edge.first) || !included(edge.then)) {
      return false;
    }
    boolean nodesMatter = Flags.has(edge.flags, Flags.SAME_NODE | Flags.SAME_NODE_OR_TARGET);
    return !nodesMatter || edge.first.node == edge.then.node;
  }

  private void add(PlannedAction action) {
    if (!included(action)) {
      return;
    }
    List<Integer> inputs = new ArrayList<>(action.before.size());
    for (PlannedAction.Edge edge : action.before) {
      if (counts(edge)) {
        inputs.add(edge.first.id);
      }
    }
    inputs.sort(null);
    int priority = action.priority;
    if (action.resource != null) {
      priority = Math.max(priority, action.resource.priority);
    }
    synapses.add(
        new TransitionGraph.Synapse(
            synapses.size(), Math.max(0, priority), graphAction(action), inputs));
  }

  private GraphAction graphAction(PlannedAction action) {
    PolicyNode node = action.pseudo && !isGuestFencing(action) ? null : action.node;
    String plain = plainKey(action);
    return new GraphAction(
        action.id,
        kind(action),
        action.task,
        plain,
        plain.equals(action.key) ? null : action.key,
        node == null ? null : node.name,
        node == null ? null : node.id,
        action.pseudo ? null : reference(action),
        attributes(action, node),
        downed(action),
        more(action));
  }

  /** Without its connection a remote node or guest is down. */
  private static List<String> downed(PlannedAction action) {
    boolean disconnects =
        action.is(Tasks.STOP)
            && !action.pseudo
            && !action.migratable
            && action.resource instanceof PrimitiveResource connection
            && connection.remoteNode != null;
    return disconnects
            && action.resource instanceof PrimitiveResource connection
            && connection.remoteNode != null
        ? List.of(connection.remoteNode.id)
        : action.downed;
  }

  private Attributes more(PlannedAction action) {
    if (action.pseudo || action.resource == null) {
      return Attributes.NONE;
    }
    if (action.is(Tasks.LRM_DELETE)) {
      return Attributes.of("mode", "cib");
    }
    PolicyNode router = RemoteOrder.router(action);
    if (router != null) {
      return Attributes.of("router_node", router.name);
    }
    return locks(action)
        ? Attributes.of("shutdown-lock", Long.toString(situation.now))
        : Attributes.NONE;
  }

  /** What is stopped for the shutdown of its node comes back there (shutdown-lock). */
  private boolean locks(PlannedAction action) {
    PolicyNode node = action.node;
    return situation.options.shutdownLock
        && action.is(Tasks.STOP)
        && node != null
        && node.shutdown
        && action.resource instanceof PrimitiveResource resource
        && !resource.isFencingDevice()
        && resource.cloneAround() == null
        && resource.bundleAround() == null
        && !resource.exclusiveDiscovery;
  }

  private static boolean isGuestFencing(PlannedAction action) {
    return action.is(Tasks.FENCE);
  }

  /** Anonymous instances go by the name that the histories know them under. */
  private static String plainKey(PlannedAction action) {
    boolean plain =
        action.resource instanceof PrimitiveResource primitive
            && primitive.historyId != null
            && !primitive.unique();
    if (!plain || !(action.resource instanceof PrimitiveResource resource)) {
      return action.key;
    }
    if (action.pseudo && (action.is(Tasks.NOTIFY) || action.is(Tasks.NOTIFIED))) {
      // What fencing stopped is told of as a stop.
      return resource.historyId + (action.is(Tasks.NOTIFY) ? "_post_notify_stop_0" : "_notified_0");
    }
    return action.key.startsWith(resource.id)
        ? resource.historyId + action.key.substring(resource.id.length())
        : action.key;
  }

  private static GraphAction.Kind kind(PlannedAction action) {
    if (action.pseudo) {
      return GraphAction.Kind.PSEUDO_EVENT;
    }
    return switch (action.task) {
      case Tasks.FENCE, Tasks.SHUTDOWN, Tasks.CLEAR_FAIL_COUNT, Tasks.LRM_DELETE ->
          GraphAction.Kind.CRM_EVENT;
      default -> GraphAction.Kind.RSC_OP;
    };
  }

  private static GraphAction.@Nullable PrimitiveRef reference(PlannedAction action) {
    if (!(action.resource instanceof PrimitiveResource resource)) {
      return null;
    }
    boolean plain = resource.unique() || resource.id.equals(resource.configuredId);
    String known = resource.removed ? resource.historyId : null;
    return new GraphAction.PrimitiveRef(
        plain ? resource.id : known != null ? known : resource.configuredId,
        plain ? null : longId(resource),
        resource.agentClass,
        resource.provider.isEmpty() ? null : resource.provider,
        resource.type);
  }

  /** The number is the one that the history knows, should it know one. */
  private static String longId(PrimitiveResource resource) {
    String known = resource.historyId;
    return known == null || known.equals(resource.configuredId) ? resource.id : known;
  }

  private Attributes attributes(PlannedAction action, @Nullable PolicyNode node) {
    Map<String, String> map = new TreeMap<>();
    if (node != null) {
      map.put(META + "on_node", node.name);
      map.put(META + "on_node_uuid", node.id);
    }
    action.meta.forEach((name, value) -> map.put(META + name.replace('-', '_'), value));
    if (action.resource == null) {
      return new Attributes(map);
    }
    if (action.intervalMs > 0) {
      map.put(META + "interval", Long.toString(action.intervalMs));
    }
    if (!action.pseudo && action.resource instanceof PrimitiveResource resource) {
      map.putAll(planning.operations.parameters(resource, action.node));
      map.putAll(action.parameters);
    }
    return new Attributes(map);
  }
}
