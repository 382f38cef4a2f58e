package org.ringward.core.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Attributes;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.OperationRecord;
import org.ringward.core.cib.ResourceHistory;
import org.ringward.core.graph.GraphAction;

/**
 * Enters results into the status, in the form that Pacemaker's controller writes and {@link
 * Scheduler} reads: {@code RSC_last_0} for the last one-time operation, {@code RSC_OP_INTERVALMS}
 * for each recurring one, {@code RSC_last_failure_0} for the last failure.
 */
public final class OperationHistory {
  private static final String NO_UUID = "00000000-0000-0000-0000-000000000000";
  private static final String FEATURE_SET = "3.20.5";

  private OperationHistory() {}

  /** As {@link #record(Cib, String, GraphAction, OperationResult)} outside any transition. */
  public static Cib record(
      Cib cib,
      String nodeName,
      GraphAction action,
      int exitCode,
      int status,
      String exitReason,
      long callId,
      long wallSeconds) {
    OperationResult result =
        new OperationResult(exitCode, status, exitReason, callId, wallSeconds, 0, 0, NO_UUID);
    return record(cib, nodeName, action, result);
  }

  /**
   * A copy of the cib in which the result of a resource action on a node is remembered. A delete
   * that went well forgets the resource there, a cancel forgets the recurring operation; other
   * actions without a resource change nothing. Fail counts are a matter of {@link FailCounts}.
   */
  public static Cib record(Cib cib, String nodeName, GraphAction action, OperationResult result) {
    GraphAction.PrimitiveRef resource = action.primitive();
    if (resource == null || action.kind() != GraphAction.Kind.RSC_OP) {
      return cib;
    }
    return switch (action.operation()) {
      case PlannedAction.DELETE ->
          result.exitCode() == 0 ? forget(cib, nodeName, resource.id()) : cib;
      case PlannedAction.CANCEL -> forget(cib, nodeName, resource.id(), action.operationKey());
      default ->
          StatusEdits.edit(
              failed(action, result) ? withoutPending(cib, nodeName, resource.id(), action) : cib,
              nodeName,
              state -> with(state, resource, entries(nodeName, action, result)));
    };
  }

  /** A copy in which a node remembers nothing of a resource, so that it is probed there again. */
  public static Cib forget(Cib cib, String nodeName, String resource) {
    if (StatusEdits.find(cib, nodeName) == null) {
      return cib;
    }
    return StatusEdits.edit(
        cib,
        nodeName,
        state -> {
          List<ResourceHistory> histories = new ArrayList<>(state.histories());
          histories.removeIf(history -> history.id().equals(resource));
          return withHistories(state, histories);
        });
  }

  private static Cib forget(Cib cib, String nodeName, String resource, String operationKey) {
    return forget(cib, nodeName, resource, record -> record.id().equals(operationKey));
  }

  /**
   * A recurring action that failed is remembered as the last failure, not under its own key: what
   * stands there as pending is over nevertheless.
   */
  private static Cib withoutPending(Cib cib, String nodeName, String resource, GraphAction action) {
    String key = action.operationKey();
    return forget(cib, nodeName, resource, record -> record.id().equals(key) && record.isPending());
  }

  private static Cib forget(
      Cib cib, String nodeName, String resource, Predicate<OperationRecord> which) {
    if (StatusEdits.find(cib, nodeName) == null) {
      return cib;
    }
    return StatusEdits.edit(
        cib,
        nodeName,
        state -> {
          List<ResourceHistory> histories = new ArrayList<>(state.histories());
          histories.replaceAll(
              history -> history.id().equals(resource) ? without(history, which) : history);
          return withHistories(state, histories);
        });
  }

  private static ResourceHistory without(
      ResourceHistory history, Predicate<OperationRecord> which) {
    List<OperationRecord> records = new ArrayList<>(history.operations());
    records.removeIf(which);
    return new ResourceHistory(history.attributes(), records, history.others());
  }

  private static NodeState withHistories(NodeState state, List<ResourceHistory> histories) {
    return new NodeState(
        state.attributes(), state.transientAttributes(), histories, state.others());
  }

  /** The entries that one result writes. */
  private static List<OperationRecord> entries(
      String nodeName, GraphAction action, OperationResult result) {
    String resource = action.primitive() == null ? "" : action.primitive().id();
    long interval = Values.number(action.meta("interval"), 0);
    String last =
        interval > 0 ? resource + "_" + action.operation() + "_" + interval : resource + "_last_0";
    List<OperationRecord> entries = new ArrayList<>(2);
    boolean failed = failed(action, result);
    if (!failed || interval == 0) {
      entries.add(entry(last, nodeName, action, result, interval));
    }
    if (failed) {
      entries.add(entry(resource + "_last_failure_0", nodeName, action, result, interval));
    }
    return entries;
  }

  /** Whether a result is a failure: not what was expected of a recurring action or of a change. */
  public static boolean failed(GraphAction action, OperationResult result) {
    if (result.status() == HistoryEntry.PENDING || result.status() == HistoryEntry.CANCELLED) {
      return false;
    }
    if (result.status() != HistoryEntry.DONE) {
      return true;
    }
    long interval = Values.number(action.meta("interval"), 0);
    boolean probe = interval == 0 && action.operation().equals(PlannedAction.MONITOR);
    boolean found =
        result.exitCode() == HistoryEntry.OK || result.exitCode() == HistoryEntry.NOT_RUNNING;
    if (probe && found) {
      return false;
    }
    return result.exitCode() != expected(action);
  }

  private static int expected(GraphAction action) {
    return (int) Values.number(action.meta("op_target_rc"), HistoryEntry.OK);
  }

  private static OperationRecord entry(
      String id, String nodeName, GraphAction action, OperationResult result, long interval) {
    String transitionKey =
        action.id()
            + ":"
            + result.transitionId()
            + ":"
            + expected(action)
            + ":"
            + result.transitionUuid();
    Map<String, String> map = new LinkedHashMap<>();
    map.put("id", id);
    map.put("operation_key", action.operationKey());
    map.put("operation", action.operation());
    map.put("crm_feature_set", FEATURE_SET);
    map.put("transition-key", transitionKey);
    map.put("transition-magic", result.status() + ":" + result.exitCode() + ";" + transitionKey);
    map.put("exit-reason", result.exitReason());
    map.put("on_node", nodeName);
    map.put("call-id", Long.toString(result.callId()));
    map.put("rc-code", Integer.toString(result.exitCode()));
    map.put("op-status", Integer.toString(result.status()));
    map.put("interval", Long.toString(interval));
    map.put("last-rc-change", Long.toString(result.atSeconds()));
    map.put("exec-time", Long.toString(result.executionMs()));
    map.put("queue-time", "0");
    map.put("op-digest", OperationDigest.of(action));
    return new OperationRecord(new Attributes(map));
  }

  private static NodeState with(
      NodeState state, GraphAction.PrimitiveRef resource, List<OperationRecord> entries) {
    List<ResourceHistory> histories = new ArrayList<>(state.histories());
    for (int i = 0; i < histories.size(); i++) {
      if (histories.get(i).id().equals(resource.id())) {
        histories.set(i, with(histories.get(i), resource, entries));
        return withHistories(state, histories);
      }
    }
    histories.add(
        with(
            new ResourceHistory(Attributes.of("id", resource.id()), List.of(), List.of()),
            resource,
            entries));
    return withHistories(state, histories);
  }

  private static ResourceHistory with(
      ResourceHistory history, GraphAction.PrimitiveRef resource, List<OperationRecord> entries) {
    List<OperationRecord> records = new ArrayList<>(history.operations());
    for (OperationRecord entry : entries) {
      int at = indexOf(records, entry.id());
      if (at < 0) {
        records.add(entry);
      } else {
        records.set(at, keepChangeTime(records.get(at), entry));
      }
    }
    return new ResourceHistory(agent(history.attributes(), resource), records, history.others());
  }

  private static Attributes agent(Attributes attributes, GraphAction.PrimitiveRef resource) {
    Attributes with = attributes.with("class", resource.agentClass()).with("type", resource.type());
    String provider = resource.provider();
    return provider == null ? with.without("provider") : with.with("provider", provider);
  }

  /** A recurring result that did not change keeps the time of its last change. */
  private static OperationRecord keepChangeTime(OperationRecord old, OperationRecord entry) {
    boolean recurring = !"0".equals(entry.attributes().get("interval"));
    boolean same = same(old, entry, "rc-code") && same(old, entry, "call-id");
    String since = old.attributes().get("last-rc-change");
    return recurring && same && since != null
        ? new OperationRecord(entry.attributes().with("last-rc-change", since))
        : entry;
  }

  private static boolean same(OperationRecord a, OperationRecord b, String name) {
    @Nullable String value = a.attributes().get(name);
    return value != null && value.equals(b.attributes().get(name));
  }

  private static int indexOf(List<OperationRecord> records, String id) {
    for (int i = 0; i < records.size(); i++) {
      if (records.get(i).id().equals(id)) {
        return i;
      }
    }
    return -1;
  }
}
