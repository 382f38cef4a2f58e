package org.ringward.core.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Attributes;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.OperationRecord;
import org.ringward.core.cib.ResourceHistory;
import org.ringward.core.cib.TargetSeen;
import org.ringward.core.graph.GraphAction;

/**
 * Enters results into the status, in the form that Pacemaker's controller writes and the policy
 * reads: {@code RSC_last_0} for the last one-time operation, {@code RSC_OP_INTERVALMS} for each
 * recurring one and for both halves of a migration until a start or stop there, {@code
 * RSC_last_failure_0} for the last failure.
 */
public final class OperationHistory {
  private static final String FEATURE_SET = "3.20.5";
  private static final int OK = 0;
  private static final int NOT_RUNNING = 7;

  private OperationHistory() {}

  /**
   * A copy of the cib in which the result of a resource action on a node is remembered. A delete
   * that went well forgets the resource there, a cancel forgets the recurring operation;
   * notifications and actions without a resource change nothing. Fail counts are a matter of {@link
   * FailCounts}.
   */
  public static Cib record(Cib cib, String nodeName, GraphAction action, OperationResult result) {
    GraphAction.PrimitiveRef resource = action.primitive();
    if (resource == null || action.kind() != GraphAction.Kind.RSC_OP) {
      return cib;
    }
    return switch (action.operation()) {
      case "delete" -> result.exitCode() == OK ? forget(cib, nodeName, resource.id()) : cib;
      case "cancel" -> cancelled(cib, nodeName, action);
      case "notify" -> cib;
      default -> entered(cib, nodeName, action, result);
    };
  }

  /** As {@link #record} for an operation that was taken back before its first result. */
  public static Cib cancelled(Cib cib, String nodeName, GraphAction action) {
    String operation = action.meta("operation");
    String key = key(action, operation == null ? action.operation() : operation);
    return without(cib, nodeName, action, record -> record.id().equals(key));
  }

  private static Cib entered(Cib cib, String nodeName, GraphAction action, OperationResult result) {
    // An action with a key of its own that failed is remembered as the last failure: what stands
    // under the key as pending is over nevertheless, but not another one's.
    OperationRecord own = entry(key(action, action.operation()), nodeName, action, result);
    Cib known =
        failed(action, result) ? without(cib, nodeName, action, each -> isBegin(each, own)) : cib;
    TargetSeen seen = seenAtTarget(cib, action);
    return StatusEdits.edit(known, nodeName, state -> with(state, nodeName, action, result, seen));
  }

  private static boolean isBegin(OperationRecord pending, OperationRecord end) {
    return pending.isPending()
        && pending.id().equals(end.id())
        && pending.transitionKey().equals(end.transitionKey());
  }

  /** A copy in which a node remembers nothing of a resource, so that it is probed there again. */
  public static Cib forget(Cib cib, String nodeName, String resource) {
    return StatusEdits.find(cib, nodeName) == null
        ? cib
        : StatusEdits.edit(cib, nodeName, state -> state.withoutHistory(resource));
  }

  private static Cib without(
      Cib cib, String nodeName, GraphAction action, Predicate<OperationRecord> which) {
    NodeState state = StatusEdits.find(cib, nodeName);
    ResourceHistory history = state == null ? null : state.history(resource(action));
    if (history == null) {
      return cib;
    }
    List<OperationRecord> left = new ArrayList<>(history.operations());
    left.removeIf(which);
    ResourceHistory changed = new ResourceHistory(history.attributes(), left, history.others());
    return StatusEdits.edit(cib, nodeName, each -> each.withHistory(changed));
  }

  private static NodeState with(
      NodeState state,
      String nodeName,
      GraphAction action,
      OperationResult result,
      @Nullable TargetSeen seen) {
    String resource = resource(action);
    ResourceHistory known = state.history(resource);
    ResourceHistory history =
        known == null
            ? new ResourceHistory(Attributes.of("id", resource), List.of(), List.of())
            : known;
    if (isTurn(action, result)) {
      history = withoutDone(history, resource + "_migrate_to_0");
      history = withoutDone(history, resource + "_migrate_from_0");
    }
    for (OperationRecord entry : entries(nodeName, action, result)) {
      OperationRecord old = history.operation(entry.id());
      if (!isLate(entry, old)) {
        OperationRecord timed = keepChangeTime(old, entry);
        history = history.with(seen == null ? timed : seen.enter(timed));
      }
    }
    return state.withHistory(
        new ResourceHistory(
            agent(history.attributes(), action), history.operations(), history.others()));
  }

  /** What is known of the target when a migrate_to is entered, null for other actions. */
  private static @Nullable TargetSeen seenAtTarget(Cib cib, GraphAction action) {
    String target = action.meta("migrate_target");
    NodeState node = target == null ? null : StatusEdits.find(cib, target);
    return node == null || !action.operation().equals("migrate_to")
        ? null
        : TargetSeen.of(node, resource(action));
  }

  private static ResourceHistory withoutDone(ResourceHistory history, String id) {
    OperationRecord half = history.operation(id);
    return half == null || half.isPending() ? history : history.without(id);
  }

  /**
   * A node does one thing with a resource after the other. So a result that comes while something
   * else is under way under the same name is an older one that was held up, by a change of the
   * membership above all; what is under way must not be forgotten for it.
   */
  private static boolean isLate(OperationRecord entry, @Nullable OperationRecord old) {
    return old != null
        && old.isPending()
        && !entry.isPending()
        && !old.transitionKey().equals(entry.transitionKey());
  }

  /** The entries that one result writes. */
  private static List<OperationRecord> entries(
      String nodeName, GraphAction action, OperationResult result) {
    List<OperationRecord> entries = new ArrayList<>(2);
    boolean failed = failed(action, result);
    boolean recurring = action.number("interval") > 0;
    if (!failed || !recurring) {
      boolean apart = recurring || (isMigration(action) && !failed);
      String id = apart ? key(action, action.operation()) : resource(action) + "_last_0";
      entries.add(entry(id, nodeName, action, result));
    }
    if (failed) {
      entries.add(entry(resource(action) + "_last_failure_0", nodeName, action, result));
    }
    return entries;
  }

  /** Whether a result is a failure: not what was expected of a recurring action or of a change. */
  public static boolean failed(GraphAction action, OperationResult result) {
    if (result.isPending() || result.status() == OperationResult.CANCELLED) {
      return false;
    }
    if (result.status() != OperationResult.DONE) {
      return true;
    }
    boolean probe = action.number("interval") == 0 && action.operation().equals("monitor");
    boolean found = result.exitCode() == OK || result.exitCode() == NOT_RUNNING;
    return !(probe && found) && result.exitCode() != action.number("op_target_rc");
  }

  private static OperationRecord entry(
      String id, String nodeName, GraphAction action, OperationResult result) {
    String transitionKey =
        action.id()
            + ":"
            + result.transitionId()
            + ":"
            + action.number("op_target_rc")
            + ":"
            + result.transitionUuid();
    String operation = remembered(action, result);
    Map<String, String> map = new LinkedHashMap<>();
    map.put("id", id);
    map.put("operation_key", key(action, operation));
    map.put("operation", operation);
    map.put("crm_feature_set", FEATURE_SET);
    map.put("transition-key", transitionKey);
    map.put("transition-magic", result.status() + ":" + result.exitCode() + ";" + transitionKey);
    map.put("exit-reason", result.exitReason());
    map.put("on_node", nodeName);
    map.put("call-id", Long.toString(result.callId()));
    map.put("rc-code", Integer.toString(result.exitCode()));
    map.put("op-status", Integer.toString(result.status()));
    map.put("interval", Long.toString(action.number("interval")));
    map.put("last-rc-change", Long.toString(result.atSeconds()));
    map.put("exec-time", Long.toString(result.executionMs()));
    map.put("queue-time", "0");
    map.put("op-digest", ResultDigest.of(action));
    copy(action, "migrate_source", map);
    copy(action, "migrate_target", map);
    return new OperationRecord(new Attributes(map));
  }

  private static boolean isMigration(GraphAction action) {
    return action.operation().equals("migrate_to") || action.operation().equals("migrate_from");
  }

  /**
   * A start or a stop that went well ends what a migration before it may have left: its halves say
   * nothing any more, and compared with another node's clock they could seem to.
   */
  public static boolean isTurn(GraphAction action, OperationResult result) {
    boolean turns = action.operation().equals("start") || action.operation().equals("stop");
    return turns && !result.isPending() && !failed(action, result);
  }

  /** What took over changed parameters is remembered as if it had been started with them. */
  private static String remembered(GraphAction action, OperationResult result) {
    boolean reloaded =
        action.operation().equals("reload-agent") || action.operation().equals("reload");
    return reloaded && !result.isPending() && !failed(action, result)
        ? "start"
        : action.operation();
  }

  private static void copy(GraphAction action, String name, Map<String, String> into) {
    String value = action.meta(name);
    if (value != null) {
      into.put(name, value);
    }
  }

  private static Attributes agent(Attributes attributes, GraphAction action) {
    GraphAction.PrimitiveRef resource = Objects.requireNonNull(action.primitive());
    Attributes with = attributes.with("class", resource.agentClass()).with("type", resource.type());
    String provider = resource.provider();
    return provider == null ? with.without("provider") : with.with("provider", provider);
  }

  /** A recurring result that did not change keeps the time of its last change. */
  private static OperationRecord keepChangeTime(
      @Nullable OperationRecord old, OperationRecord entry) {
    if (old == null || entry.intervalMillis() == 0) {
      return entry;
    }
    boolean same = same(old, entry, "rc-code") && same(old, entry, "call-id");
    String since = old.attributes().get("last-rc-change");
    return same && since != null ? entry.withAttribute("last-rc-change", since) : entry;
  }

  private static boolean same(OperationRecord a, OperationRecord b, String name) {
    String value = a.attributes().get(name);
    return value != null && value.equals(b.attributes().get(name));
  }

  private static String resource(GraphAction action) {
    GraphAction.PrimitiveRef resource = action.primitive();
    return resource == null ? "" : resource.id();
  }

  /** The key under plain names: histories know instances of a clone by the name of the clone's. */
  private static String key(GraphAction action, String operation) {
    return resource(action) + "_" + operation + "_" + action.number("interval");
  }
}
