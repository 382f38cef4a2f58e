package org.ringward.core.policy.facts;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Element;
import org.ringward.core.policy.model.OnFail;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.model.Tasks;
import org.ringward.core.policy.model.Values;
import org.ringward.core.policy.rule.RuleInput;
import org.ringward.core.policy.rule.Rules;

/** What is configured for the operations of resources. */
public final class OperationFacts {
  private final Situation situation;
  private final Rules rules;
  private final @Nullable Element defaults;

  OperationFacts(Situation situation, Rules rules) {
    this.situation = situation;
    this.rules = rules;
    this.defaults = Xml.child(situation.configuration, "op_defaults");
  }

  /** The first configured op of that name and interval, disabled or not; null when none is. */
  public static @Nullable Element find(PrimitiveResource resource, String task, long intervalMs) {
    for (Element operation : resource.operations) {
      if (name(operation).equals(task) && intervalMs(operation) == intervalMs) {
        return operation;
      }
    }
    boolean migration = task.equals(Tasks.MIGRATE_TO) || task.equals(Tasks.MIGRATE_FROM);
    return migration ? find(resource, "migrate", 0) : null;
  }

  public static String name(Element operation) {
    return operation.attributes().get("name", "");
  }

  public static long intervalMs(Element operation) {
    return Math.max(0, Values.milliseconds(operation.attributes().get("interval"), 0));
  }

  public static boolean enabled(Element operation) {
    return Values.truth(operation.attributes().get("enabled"), true);
  }

  /** The role an op is for; UNKNOWN when it does not say. */
  public static Role role(Element operation) {
    return Role.of(operation.attributes().get("role"));
  }

  /**
   * All attributes that hold for an operation: those of the op, its meta attributes, the defaults
   * of operations; without id. Also for operations that are not configured.
   */
  public Map<String, String> meta(PrimitiveResource resource, String task, long intervalMs) {
    return meta(resource, find(resource, task, intervalMs), task, intervalMs);
  }

  /** As {@link #meta(PrimitiveResource, String, long)} for a given op, null for none. */
  public Map<String, String> meta(
      PrimitiveResource resource, @Nullable Element operation, String task, long intervalMs) {
    Map<String, String> meta = new TreeMap<>();
    RuleInput input =
        RuleInput.NONE
            .withAgent(resource.agentClass, resource.provider, resource.type)
            .withOperation(task, intervalMs);
    if (defaults != null) {
      meta.putAll(rules.values(defaults, "meta_attributes", input));
    }
    if (operation != null) {
      meta.putAll(rules.values(operation, "meta_attributes", input));
      meta.putAll(operation.attributes().map());
    }
    meta.remove("id");
    return meta;
  }

  /** What a failure of the operation leads to. */
  public OnFail onFail(PrimitiveResource resource, String task, long intervalMs) {
    return onFail(resource, task, intervalMs, meta(resource, task, intervalMs));
  }

  /**
   * As {@link #onFail(PrimitiveResource, String, long)}.
   *
   * @param meta what {@link #meta} gave
   */
  public OnFail onFail(
      PrimitiveResource resource, String task, long intervalMs, Map<String, String> meta) {
    String text = meta.get("on-fail");
    if (text == null && task.equals(Tasks.DEMOTE)) {
      text = onFailOfPromotedMonitor(resource);
    }
    boolean stop = task.equals(Tasks.STOP);
    boolean fencing = situation.options.fencingEnabled;
    OnFail otherwise = otherwise(resource, task, intervalMs);
    return switch (text == null ? "" : text.toLowerCase(Locale.ROOT)) {
      case "ignore", "nothing" -> OnFail.IGNORE;
      case "block" -> OnFail.BLOCK;
      case "fence" -> fencing ? OnFail.FENCE_NODE : stop ? OnFail.BLOCK : OnFail.STOP;
      case "stop" -> stop ? otherwise : OnFail.STOP;
      case "restart" -> stop ? otherwise : OnFail.RESTART;
      case "migrate" -> stop ? otherwise : OnFail.BAN;
      case "standby" -> stop ? otherwise : OnFail.STANDBY_NODE;
      case "restart-container" ->
          stop || resource.container == null ? otherwise : OnFail.RESTART_CONTAINER;
      case "demote" -> demotable(task, intervalMs, meta) ? OnFail.DEMOTE : otherwise;
      default -> otherwise;
    };
  }

  private OnFail otherwise(PrimitiveResource resource, String task, long intervalMs) {
    boolean fencing = situation.options.fencingEnabled;
    boolean probe = task.equals(Tasks.MONITOR) && intervalMs == 0;
    if (resource.container != null) {
      // Whatever runs inside of a container is repaired by restarting the container.
      return OnFail.RESTART_CONTAINER;
    }
    if (task.equals(Tasks.STOP) && !RemoteNodes.isConnection(resource.element)) {
      return fencing ? OnFail.FENCE_NODE : OnFail.BLOCK;
    }
    if (RemoteNodes.isConnection(resource.element) && !probe && !task.equals(Tasks.START)) {
      if (!resource.managed) {
        return OnFail.STOP;
      }
      return fencing ? OnFail.RESET_REMOTE : OnFail.RESTART;
    }
    return OnFail.RESTART;
  }

  private static boolean demotable(String task, long intervalMs, Map<String, String> meta) {
    return task.equals(Tasks.PROMOTE)
        || (task.equals(Tasks.MONITOR)
            && intervalMs > 0
            && Role.of(meta.get("role")) == Role.PROMOTED);
  }

  /** A demote fails as the monitor of the promoted role does. */
  private static @Nullable String onFailOfPromotedMonitor(PrimitiveResource resource) {
    for (Element operation : resource.operations) {
      String onFail = operation.attributes().get("on-fail");
      if (onFail != null
          && !onFail.equals("demote")
          && name(operation).equals(Tasks.MONITOR)
          && intervalMs(operation) > 0
          && enabled(operation)
          && role(operation) == Role.PROMOTED) {
        return onFail;
      }
    }
    return null;
  }

  /** The role that a resource is given after a failure of the operation; STARTED for any. */
  public static Role roleAfterFailure(PrimitiveResource resource, String task, OnFail onFail) {
    return switch (onFail) {
      case STOP -> Role.STOPPED;
      case RESET_REMOTE -> resource.reconnectIntervalMs > 0 ? Role.STOPPED : Role.STARTED;
      default -> task.equals(Tasks.PROMOTE) ? Role.UNPROMOTED : Role.STARTED;
    };
  }
}
