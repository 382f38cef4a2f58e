package org.ringward.core.policy.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Attributes;
import org.ringward.core.cib.OperationRecord;
import org.ringward.core.cib.ResourceHistory;

/**
 * One remembered operation, its attributes read.
 *
 * @param expectedExitCode what it should have given, from the transition key; -1 when unknown
 * @param transition number of the transition that asked for it, -1 when unknown
 * @param transitionSource who counts the transitions; numbers of different sources say nothing
 * @param callId -1 while it is pending
 * @param lastChange seconds since 1970, 0 when unknown
 */
public record HistoryEntry(
    String key,
    String task,
    long intervalMs,
    int exitCode,
    int status,
    int expectedExitCode,
    long transition,
    @Nullable String transitionSource,
    long callId,
    long lastChange,
    @Nullable String onNode,
    Attributes attributes) {

  /** Execution states as they stand in op-status. */
  public static final int PENDING = -1;

  public static final int DONE = 0;
  public static final int CANCELLED = 1;
  public static final int TIMED_OUT = 2;
  public static final int NOT_SUPPORTED = 3;
  public static final int ERROR_HARD = 5;
  public static final int ERROR_FATAL = 6;
  public static final int NOT_INSTALLED = 7;

  /** Exit codes of agents. */
  public static final int OK = 0;

  public static final int UNIMPLEMENTED = 3;
  public static final int AGENT_NOT_INSTALLED = 5;
  public static final int NOT_CONFIGURED = 6;
  public static final int NOT_RUNNING = 7;

  private static final int UNKNOWN_EXIT_CODE = 193;

  public static HistoryEntry of(OperationRecord record) {
    Attributes attributes = record.attributes();
    String transitionKey = attributes.get("transition-key");
    if (transitionKey == null) {
      String magic = attributes.get("transition-magic", "");
      transitionKey = magic.substring(magic.indexOf(';') + 1);
    }
    return new HistoryEntry(
        attributes.get("operation_key", record.id()),
        attributes.get("operation", ""),
        Values.number(attributes.get("interval"), 0),
        (int) Values.number(attributes.get("rc-code"), UNKNOWN_EXIT_CODE),
        (int) Values.number(attributes.get("op-status"), DONE),
        (int) Values.number(field(transitionKey, 2), -1),
        Values.number(field(transitionKey, 1), -1),
        field(transitionKey, 3),
        Values.number(attributes.get("call-id"), -1),
        Values.number(attributes.get("last-rc-change"), 0),
        attributes.get("on_node"),
        attributes);
  }

  private static @Nullable String field(String transitionKey, int index) {
    int start = 0;
    for (int i = 0; i < index; i++) {
      start = transitionKey.indexOf(':', start) + 1;
      if (start == 0) {
        return null;
      }
    }
    int end = transitionKey.indexOf(':', start);
    return end < 0 ? transitionKey.substring(start) : transitionKey.substring(start, end);
  }

  /** All entries of a history in the order in which they happened. */
  public static List<HistoryEntry> sorted(ResourceHistory history) {
    List<HistoryEntry> entries = new ArrayList<>(history.operations().size());
    for (OperationRecord record : history.operations()) {
      HistoryEntry entry = of(record);
      // Insertion keeps entries that cannot be told apart in the order they were written; a
      // library sort would refuse the comparison, which is not transitive across nodes.
      int place = entries.size();
      while (place > 0 && compare(entries.get(place - 1), entry) > 0) {
        place--;
      }
      entries.add(place, entry);
    }
    return entries;
  }

  private static int compare(HistoryEntry a, HistoryEntry b) {
    return compare(a, b, Objects.equals(a.onNode, b.onNode));
  }

  /**
   * Which of the two happened later, as far as that can be said.
   *
   * @param sameNode whether both happened on one node, so that their call ids can be compared
   */
  public static int compare(HistoryEntry a, HistoryEntry b, boolean sameNode) {
    if (sameNode && a.callId >= 0 && b.callId >= 0 && a.callId != b.callId) {
      return Long.compare(a.callId, b.callId);
    }
    if (a.callId >= 0 && b.callId >= 0) {
      return a.lastChange == 0 || b.lastChange == 0 ? 0 : Long.compare(a.lastChange, b.lastChange);
    }
    boolean sameSource = Objects.equals(a.transitionSource, b.transitionSource);
    if (sameSource && a.transition != b.transition) {
      // What was done outside of any transition comes after them.
      return a.transition < 0
          ? 1
          : b.transition < 0 ? -1 : Long.compare(a.transition, b.transition);
    }
    if (a.callId < 0 && b.callId >= 0) {
      return 1;
    }
    return a.callId >= 0 && b.callId < 0 ? -1 : 0;
  }

  public boolean isProbe() {
    return intervalMs == 0 && task.equals(Tasks.MONITOR);
  }

  /** Whether it is the copy that is kept of the last failure. */
  public boolean isLastFailure() {
    return attributes.get("id", "").endsWith("_last_failure_0");
  }
}
