package org.ringward.core.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.AttributeSet;
import org.ringward.core.cib.Primitive;

/** A resource run by an agent: the only variant that is started and stopped for real. */
final class PrimitiveResource extends PolicyResource {
  final String agentClass;
  final String provider;
  final String type;

  /** Null for a resource that was removed from the configuration. */
  final @Nullable Primitive configured;

  final List<OperationSettings> operations = new ArrayList<>();

  /** Keys of recurring operations that are configured twice. */
  final List<String> ambiguous = new ArrayList<>(0);

  Requires requires = Requires.QUORUM;
  MultipleActive multipleActive = MultipleActive.STOP_START;

  /** Where it is, or may be, active. */
  final List<ClusterNode> runningOn = new ArrayList<>();

  /** Nodes, by index, of which it is known whether it is active there. */
  final boolean[] known;

  /** What each node remembers, by index. */
  final @Nullable NodeHistory[] histories;

  boolean failed;

  /** Left alone until a human cleans up. */
  boolean blocked;

  /** No longer configured. */
  boolean removed;

  /** Its failures have no consequence. */
  boolean ignoreFailure;

  /** Why the running instance must be replaced, as its definition changed. */
  @Nullable String definitionChanged;

  /** Its agent takes the changed parameters without a restart. */
  boolean reload;

  @Nullable ClusterNode pendingStart;

  private @Nullable Map<String, String> parametersEverywhere;

  /** What must be given before it is started. */
  enum Requires {
    NOTHING,
    QUORUM,
    FENCING
  }

  /** What is done when it is found active more than once. */
  enum MultipleActive {
    BLOCK,
    STOP_ONLY,
    STOP_START,
    STOP_UNEXPECTED
  }

  PrimitiveResource(
      Situation situation,
      String id,
      @Nullable GroupResource parent,
      @Nullable Primitive configured,
      String agentClass,
      String provider,
      String type) {
    super(situation, id, parent);
    this.configured = configured;
    this.agentClass = agentClass;
    this.provider = provider;
    this.type = type;
    this.known = new boolean[situation.nodes.size()];
    this.histories = new @Nullable NodeHistory[situation.nodes.size()];
  }

  boolean isFencingDevice() {
    return agentClass.equals("stonith");
  }

  @Override
  List<PrimitiveResource> primitives() {
    return List.of(this);
  }

  @Override
  void applyLocation(ClusterNode node, int score, String source) {
    addScore(node, score, source);
  }

  @Override
  void assign() {
    Assignment.assign(this);
  }

  @Override
  void createActions() {
    PrimitiveActions.create(this);
  }

  @Override
  void orderInside() {
    PrimitiveActions.order(this);
  }

  @Override
  List<PlannedAction> actionsOf(String task) {
    List<PlannedAction> found = new ArrayList<>(2);
    for (PlannedAction action : actions) {
      if (action.intervalMs == 0 && action.task.equals(task)) {
        found.add(action);
      }
    }
    return found;
  }

  @Override
  String completed(String task) {
    return task;
  }

  @Override
  boolean active() {
    return !runningOn.isEmpty() && role != Role.STOPPED;
  }

  @Nullable ClusterNode currentNode() {
    return runningOn.isEmpty() ? null : runningOn.getFirst();
  }

  String operationKey(String task, long intervalMs) {
    return id + "_" + task + "_" + intervalMs;
  }

  /** The configured operation of that name and interval, null when there is none. */
  @Nullable OperationSettings operation(String name, long intervalMs) {
    for (OperationSettings settings : operations) {
      if (settings.intervalMs() == intervalMs && settings.name().equals(name)) {
        return settings;
      }
    }
    return null;
  }

  /**
   * What governs an action: its own configuration, for a probe without one the most frequent
   * monitor.
   */
  @Nullable OperationSettings settingsFor(String task, long intervalMs) {
    OperationSettings exact = operation(task, intervalMs);
    if (exact != null || intervalMs != 0 || !task.equals(PlannedAction.MONITOR)) {
      return exact;
    }
    OperationSettings most = null;
    for (OperationSettings settings : operations) {
      if (settings.name().equals(PlannedAction.MONITOR)
          && settings.enabled()
          && (most == null || settings.intervalMs() < most.intervalMs())) {
        most = settings;
      }
    }
    return most;
  }

  FailureResponse onFail(String task, long intervalMs) {
    OperationSettings settings = operation(task, intervalMs);
    if (settings == null) {
      settings = situation.defaultOperation;
    }
    String onFail = settings.onFail();
    return FailureResponse.of(onFail, task, situation.options.fencingEnabled());
  }

  /** The agent's parameters on a node, sorted by name. */
  Map<String, String> parameters(@Nullable ClusterNode node) {
    if (parametersEverywhere != null) {
      return parametersEverywhere;
    }
    Map<String, String> values = new TreeMap<>();
    if (configured == null) {
      return values;
    }
    List<AttributeSet> own = configured.sets();
    List<AttributeSet> shared = parent == null ? List.of() : parent.configured.sets();
    situation.attributeRules.collect(own, "instance_attributes", node, values);
    situation.attributeRules.collect(shared, "instance_attributes", node, values);
    if (!AttributeRules.dependsOnNode(own) && !AttributeRules.dependsOnNode(shared)) {
      parametersEverywhere = values;
    }
    return values;
  }
}
