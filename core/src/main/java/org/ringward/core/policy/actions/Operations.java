package org.ringward.core.policy.actions;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Element;
import org.ringward.core.policy.facts.Facts;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.Tasks;
import org.ringward.core.policy.model.Values;
import org.ringward.core.policy.rule.RuleInput;

/** What is configured for the operations of primitives, defaults and rules applied. */
final class Operations {
  private final Facts facts;
  private final @Nullable Element defaults;
  private final Map<PrimitiveResource, List<OperationSettings>> configured = new LinkedHashMap<>();
  private final IdentityHashMap<Element, Map<String, String>> everywhere = new IdentityHashMap<>();

  Operations(Facts facts) {
    this.facts = facts;
    Element found = null;
    for (Element child : facts.situation().configuration.children()) {
      if (child.name().equals("op_defaults")) {
        found = child;
      }
    }
    this.defaults = found;
  }

  /** Those configured for a resource, in order, disabled ones included. */
  List<OperationSettings> of(PrimitiveResource resource) {
    return configured.computeIfAbsent(resource, this::read);
  }

  private List<OperationSettings> read(PrimitiveResource resource) {
    List<OperationSettings> all = new ArrayList<>();
    for (Element operation : resource.operations) {
      String name = operation.attributes().get("name", "");
      long interval = Values.milliseconds(operation.attributes().get("interval"), 0);
      if (interval >= 0) {
        all.add(settings(resource, name, interval, operation));
      }
    }
    return all;
  }

  /**
   * The configured operation of that name and interval, enabled or not, null when there is none.
   */
  @Nullable OperationSettings configured(PrimitiveResource resource, String task, long interval) {
    for (OperationSettings each : of(resource)) {
      if (each.intervalMs() == interval && each.name().equals(task)) {
        return each;
      }
    }
    return null;
  }

  /**
   * What governs an action: its own configuration; for a probe without one the most frequent
   * monitor's; else the defaults.
   */
  OperationSettings settings(PrimitiveResource resource, String task, long interval) {
    OperationSettings exact = configured(resource, task, interval);
    if (exact != null && exact.enabled()) {
      return exact;
    }
    if (task.equals(Tasks.RELOAD)) {
      OperationSettings old = configured(resource, "reload", interval);
      if (old != null && old.enabled()) {
        return old;
      }
    }
    if (interval == 0 && task.equals(Tasks.MONITOR)) {
      OperationSettings frequent = mostFrequentMonitor(resource);
      if (frequent != null) {
        Map<String, String> timeout = new TreeMap<>();
        timeout.put("timeout", Long.toString(frequent.timeoutMs()));
        return new OperationSettings(task, 0, false, true, Role.UNKNOWN, timeout, Map.of());
      }
    }
    return settings(resource, task, interval, null);
  }

  private @Nullable OperationSettings mostFrequentMonitor(PrimitiveResource resource) {
    OperationSettings most = null;
    for (OperationSettings each : of(resource)) {
      if (each.name().equals(Tasks.MONITOR)
          && each.enabled()
          && (most == null || each.intervalMs() < most.intervalMs())) {
        most = each;
      }
    }
    return most;
  }

  private OperationSettings settings(
      PrimitiveResource resource, String task, long interval, @Nullable Element operation) {
    RuleInput input =
        RuleInput.NONE
            .withAgent(resource.agentClass, resource.provider, resource.type)
            .withOperation(task, interval);
    Map<String, String> meta = new TreeMap<>();
    if (defaults != null) {
      meta.putAll(facts.rules().values(defaults, "meta_attributes", input));
    }
    Map<String, String> parameters = Map.of();
    if (operation != null) {
      meta.putAll(facts.rules().values(operation, "meta_attributes", input));
      operation
          .attributes()
          .map()
          .forEach((name, value) -> {
            if (!name.equals("id") && !name.equals("interval") && !name.equals("name")) {
              meta.put(name, value);
            }
          });
      parameters = facts.rules().values(operation, "instance_attributes", input);
      // In old configurations the timeout stands among the parameters.
    }
    boolean enabled = Values.truth(meta.get("enabled"), true);
    Role role = Role.of(meta.get("role"));
    normalize(meta, interval);
    return new OperationSettings(
        task, interval, operation != null, enabled, role, meta, parameters);
  }

  private void normalize(Map<String, String> meta, long interval) {
    long timeout = Values.milliseconds(meta.get("timeout"), OperationSettings.DEFAULT_TIMEOUT_MS);
    meta.put("timeout", Long.toString(timeout));
    String delay = meta.get("start-delay");
    if (delay != null) {
      meta.put("start-delay", Long.toString(Values.milliseconds(delay, 0)));
    } else if (interval > 0 && meta.get("interval-origin") != null) {
      meta.put(
          "start-delay",
          Long.toString(facts.rules().startDelay(meta.get("interval-origin"), interval)));
    }
  }

  /** The parameters of a resource as they are on a node; null for anywhere. */
  Map<String, String> parameters(PrimitiveResource resource, @Nullable PolicyNode node) {
    if (resource.container != null && resource.isConnection()) {
      return evaluate(resource, node);
    }
    if (!dependsOnNode(resource.element)) {
      return everywhere.computeIfAbsent(resource.element, _ -> evaluate(resource, null));
    }
    return evaluate(resource, node);
  }

  private Map<String, String> evaluate(PrimitiveResource resource, @Nullable PolicyNode node) {
    return withAddress(resource, valuesOf(resource, node));
  }

  /** The address of a bundle's connection is the node that its container is on. */
  private static Map<String, String> withAddress(
      PrimitiveResource resource, Map<String, String> values) {
    PrimitiveResource container = resource.container;
    if (container == null || !"#uname".equals(values.get("addr"))) {
      return values;
    }
    PolicyNode host =
        container.assignmentDone && container.assigned != null
            ? container.assigned
            : container.currentNode();
    if (host == null) {
      return values;
    }
    Map<String, String> with = new TreeMap<>(values);
    with.put("addr", host.name);
    return with;
  }

  private Map<String, String> valuesOf(PrimitiveResource resource, @Nullable PolicyNode node) {
    return facts
        .rules()
        .values(resource.element, "instance_attributes", RuleInput.NONE.withNode(node));
  }

  private boolean dependsOnNode(Element element) {
    for (Element child : element.children()) {
      if (child.name().equals("instance_attributes")) {
        Element set = facts.rules().resolve(child);
        if (set != null) {
          for (Element each : set.children()) {
            if (each.name().equals("rule")) {
              return true;
            }
          }
        }
      }
    }
    return false;
  }
}
