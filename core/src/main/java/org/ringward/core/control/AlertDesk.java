package org.ringward.core.control;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.ringward.core.agent.AgentEnvironment;
import org.ringward.core.base.Decision;
import org.ringward.core.cib.AlertSection;
import org.ringward.core.cib.AlertSection.Alert;
import org.ringward.core.cib.AlertSection.Kind;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.port.Execution;
import org.ringward.core.port.Journal;
import org.ringward.core.port.ProcessResult;
import org.ringward.core.port.Processes;

/**
 * Tells programs of what happens, by Pacemaker's contract (CRM_alert_* in the environment). Each
 * node tells of nodes and fencing; of an operation tells the node that did it. Programs run beside
 * the node, a few at a time; when too many wait the oldest are dropped, which is logged.
 */
public final class AlertDesk {
  private static final int RUNNING_MOST = 8;
  private static final int WAITING_MOST = 256;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final String VERSION = "3.0.0";

  private final NodeSettings settings;
  private final ClusterControl control;
  private final Processes processes;
  private final LongSupplier processIds;
  private final Journal journal;
  private final Deque<Call> waiting = new ArrayDeque<>();
  private final Map<Long, Running> running = new TreeMap<>();
  private long sequence;
  private long dropped;

  /** A program that is to be called. */
  private record Call(Alert alert, Map<String, String> environment) {}

  private static final class Running {
    final Alert alert;
    final long until;
    boolean killed;

    Running(Alert alert, long until) {
      this.alert = alert;
      this.until = until;
    }
  }

  /**
   * A desk that hears of everything that is news from now on.
   *
   * @param processIds numbers that no program of this node has yet
   */
  public AlertDesk(
      NodeSettings settings,
      ClusterControl control,
      Processes processes,
      LongSupplier processIds,
      Journal journal) {
    this.settings = settings;
    this.control = control;
    this.processes = processes;
    this.processIds = processIds;
    this.journal = journal;
    control.story().listen(this::told);
  }

  // ---- events ----

  private void told(Decision record) {
    List<Alert> alerts = AlertSection.of(control.state().cib().configuration());
    if (alerts.isEmpty()) {
      return;
    }
    switch (record.kind()) {
      case MEMBERSHIP -> node(record, alerts);
      case FENCE -> fencing(record, alerts);
      case ACTION, FAILURE -> resource(record, alerts);
      default -> {
        // No event that Pacemaker's contract knows.
      }
    }
  }

  private void node(Decision record, List<Alert> alerts) {
    boolean joined = record.fact("event").equals("joined");
    Map<String, String> event = new TreeMap<>();
    event.put("node", record.subject());
    event.put("desc", joined ? "member" : "lost");
    settings.members().stream()
        .filter(each -> each.name().equals(record.subject()))
        .forEach(each -> event.put("nodeid", Integer.toString(each.id())));
    send(Kind.NODE, record, event, alerts);
  }

  private void fencing(Decision record, List<Alert> alerts) {
    boolean proof = record.fact("event").equals("proof");
    if (!proof && !record.fact("event").equals("failed")) {
      return;
    }
    String action = record.fact("action");
    Map<String, String> event = new TreeMap<>();
    event.put("node", record.subject());
    event.put("task", action);
    event.put("rc", proof ? "0" : "1");
    event.put(
        "desc",
        "Operation %s of %s by %s: %s"
            .formatted(
                action,
                record.subject(),
                record.fact("executor"),
                record.why().isEmpty() ? record.what() : record.why().getFirst()));
    send(Kind.FENCING, record, event, alerts);
  }

  private void resource(Decision record, List<Alert> alerts) {
    if (!record.fact("node").equals(settings.nodeName())) {
      return;
    }
    Map<String, String> event = new TreeMap<>();
    event.put("node", record.fact("node"));
    event.put("rsc", record.subject());
    event.put("task", record.fact("operation"));
    event.put("interval", record.fact("interval"));
    event.put("rc", record.fact("rc"));
    event.put("target_rc", record.fact("target"));
    event.put("status", record.fact("status"));
    event.put("exec_time", record.fact("took"));
    event.put("desc", description(record));
    send(Kind.RESOURCE, record, event, alerts);
  }

  private static String description(Decision record) {
    if (record.fact("status").equals("2")) {
      return "Timed Out";
    }
    if (record.kind() == Decision.Kind.ACTION) {
      return "ok";
    }
    return record.why().isEmpty() ? "error" : record.why().getFirst();
  }

  private void send(Kind kind, Decision record, Map<String, String> event, List<Alert> alerts) {
    sequence++;
    for (Alert alert : alerts) {
      if (alert.kinds().contains(kind)) {
        waiting.addLast(new Call(alert, environment(kind, record, event, alert)));
        if (waiting.size() > WAITING_MOST) {
          waiting.removeFirst();
          dropped++;
        }
      }
    }
    callNext();
  }

  private Map<String, String> environment(
      Kind kind, Decision record, Map<String, String> event, Alert alert) {
    Map<String, String> environment = new TreeMap<>(alert.variables());
    environment.putIfAbsent("PATH", AgentEnvironment.DEFAULT_SEARCH_PATH);
    event.forEach((name, value) -> environment.put("CRM_alert_" + name, value));
    environment.put(
        "CRM_alert_kind",
        switch (kind) {
          case NODE -> "node";
          case FENCING -> "fencing";
          case RESOURCE -> "resource";
        });
    long millis = record.wallMillis();
    environment.put("CRM_alert_version", VERSION);
    environment.put("CRM_alert_recipient", alert.recipient());
    environment.put("CRM_alert_node_sequence", Long.toString(sequence));
    environment.put("CRM_alert_timestamp", TimestampFormat.text(alert.timestampFormat(), millis));
    environment.put("CRM_alert_timestamp_epoch", Long.toString(Math.floorDiv(millis, 1000)));
    environment.put("CRM_alert_timestamp_usec", Long.toString(Math.floorMod(millis, 1000L) * 1000));
    return environment;
  }

  // ---- programs ----

  private void callNext() {
    while (running.size() < RUNNING_MOST && !waiting.isEmpty()) {
      Call call = waiting.removeFirst();
      long id = processIds.getAsLong();
      running.put(
          id,
          new Running(
              call.alert(),
              control.story().moment().nanos() + call.alert().timeoutMillis() * NANOS_PER_MILLI));
      processes.start(id, new Execution(List.of(call.alert().path()), call.environment(), null));
    }
    if (dropped > 0 && waiting.size() < WAITING_MOST / 2) {
      journal.log(
          Journal.Level.WARNING,
          "%d alerts were dropped: their programs could not keep up".formatted(dropped));
      dropped = 0;
    }
  }

  /** A program has ended; whether it was one of these. */
  public boolean processEnded(long processId, ProcessResult result) {
    @Nullable Running ended = running.remove(processId);
    if (ended == null) {
      return false;
    }
    String problem =
        ended.killed
            ? "did not end within %d ms and was killed".formatted(ended.alert.timeoutMillis())
            : result.startError() != null
                ? "could not be started: " + result.startError()
                : result.exitCode() != 0 ? "ended with " + result.exitCode() : "";
    if (!problem.isEmpty()) {
      journal.log(
          Journal.Level.WARNING,
          "alert %s: %s %s".formatted(ended.alert.id(), ended.alert.path(), problem));
    }
    callNext();
    return true;
  }

  /** Kills what takes too long. */
  public void turn(Moment moment) {
    List<Long> late = new ArrayList<>();
    running.forEach((id, each) -> {
      if (!each.killed && each.until <= moment.nanos()) {
        each.killed = true;
        late.add(id);
      }
    });
    late.forEach(processes::kill);
  }

  /** When {@link #turn} is needed next, Long.MAX_VALUE for not before another input. */
  public long nextDeadline() {
    return running.values().stream()
        .filter(each -> !each.killed)
        .mapToLong(each -> each.until)
        .min()
        .orElse(Long.MAX_VALUE);
  }
}
