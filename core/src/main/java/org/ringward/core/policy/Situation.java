package org.ringward.core.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.CibXml;
import org.ringward.core.cib.Element;
import org.ringward.core.cib.Resource;

/** Everything known while one schedule is made. */
final class Situation {
  final Cib cib;
  final long now;
  final Warnings warnings = new Warnings();
  final RuleEvaluator rules = new RuleEvaluator(warnings);
  final AttributeRules attributeRules;
  final ClusterOptions options;

  /** Sorted by name. */
  List<ClusterNode> nodes = List.of();

  private final Map<String, ClusterNode> nodesById = new LinkedHashMap<>();
  private final Map<String, ClusterNode> nodesByName = new LinkedHashMap<>();

  /** Groups and primitives outside groups, the most important first. */
  List<PolicyResource> resources = new ArrayList<>();

  final List<PrimitiveResource> primitives = new ArrayList<>();
  final Map<String, PolicyResource> resourcesById = new LinkedHashMap<>();

  /** Ids of resources of kinds that are not scheduled. */
  final List<String> leftAside = new ArrayList<>();

  final List<PlannedAction> actions = new ArrayList<>();
  final List<PlannedAction> fencing = new ArrayList<>();
  final List<PlannedAction> shutdowns = new ArrayList<>();

  /** Pairs of a resource whose stop comes first, and what comes after it, see {@link Probes}. */
  final List<StopOrder> stopOrders = new ArrayList<>();

  record StopOrder(PrimitiveResource first, PlannedAction then) {}

  boolean hasFencingDevice;

  /** What holds for operations that are not configured. */
  OperationSettings defaultOperation =
      new OperationSettings(
          "", 0, true, null, OperationSettings.DEFAULT_TIMEOUT_MS, Map.of(), Map.of());

  private long recheckAt = Long.MAX_VALUE;
  private @Nullable FailCountTable failCounts;
  private @Nullable List<String> leftAsideMembers;

  Situation(Cib cib, long now) {
    this.cib = cib;
    this.now = now;
    this.attributeRules = new AttributeRules(cib, rules);
    this.options = ClusterOptions.of(cib, attributeRules);
  }

  void setNodes(List<ClusterNode> sorted) {
    nodes = sorted;
    for (ClusterNode node : sorted) {
      nodesById.putIfAbsent(node.id, node);
      nodesByName.putIfAbsent(node.name, node);
    }
  }

  @Nullable ClusterNode nodeById(String id) {
    return nodesById.get(id);
  }

  @Nullable ClusterNode nodeByName(String name) {
    return nodesByName.get(name);
  }

  FailCountTable failCounts() {
    if (failCounts == null) {
      failCounts = new FailCountTable(this);
    }
    return failCounts;
  }

  /** Whether an id in the status belongs to a resource that is not scheduled. */
  boolean leftAsideOwns(String id) {
    if (leftAside.isEmpty()) {
      return false;
    }
    return leftAsideMembers().contains(id.indexOf(':') < 0 ? id : id.substring(0, id.indexOf(':')));
  }

  private List<String> leftAsideMembers() {
    if (leftAsideMembers == null) {
      leftAsideMembers = new ArrayList<>(leftAside);
      for (Resource resource : cib.configuration().resources()) {
        if (leftAside.contains(resource.id())) {
          collectIds(CibXml.toElement(resource), leftAsideMembers);
        }
      }
    }
    return leftAsideMembers;
  }

  private static void collectIds(Element element, List<String> ids) {
    for (Element child : element.children()) {
      String id = child.attributes().get("id");
      if (id != null) {
        ids.add(id);
      }
      collectIds(child, ids);
    }
  }

  /** Asks for another run at that time, seconds since 1970, at the latest. */
  void recheckAt(long seconds) {
    if (seconds > now) {
      recheckAt = Math.min(recheckAt, seconds);
    }
  }

  @Nullable Long recheckAt() {
    return recheckAt == Long.MAX_VALUE ? null : recheckAt;
  }

  /** Whether this node can be fenced, should that be necessary. */
  boolean canFence(ClusterNode node) {
    return options.fencingEnabled()
        && hasFencingDevice
        && (options.quorate() || options.haveQuorum() || node.online);
  }

  /** A new action, also entered at its resource. */
  PlannedAction create(
      @Nullable PolicyResource resource,
      String task,
      String key,
      long intervalMs,
      @Nullable ClusterNode node,
      boolean optional) {
    PlannedAction action =
        new PlannedAction(actions.size() + 1, resource, task, key, intervalMs, node, optional);
    actions.add(action);
    if (resource != null) {
      resource.actions.add(action);
    }
    return action;
  }
}
