package org.ringward.core.policy.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Attributes;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.Element;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.OperationRecord;
import org.ringward.core.cib.ResourceHistory;
import org.ringward.core.cib.Status;
import org.ringward.core.graph.GraphAction;
import org.ringward.core.policy.model.Scores;
import org.ringward.core.policy.model.Tasks;
import org.ringward.core.policy.model.Values;

/** The status while a transition is carried out on paper. */
final class SimulatedStatus {
  private static final String ORIGIN = "ringward-simulate";

  /** No coordinator has this id; results of saved simulations carry it as well. */
  private static final String SOURCE = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

  private final Cib before;
  private final long now;
  private final List<NodeState> states;

  SimulatedStatus(Cib before, long now) {
    this.before = before;
    this.now = Math.max(now, latest(before) + 1);
    this.states = new ArrayList<>(before.status().nodes());
  }

  /** The time of the last result that is known: what is simulated comes after it in any case. */
  private static long latest(Cib cib) {
    long latest = 0;
    for (NodeState state : cib.status().nodes()) {
      for (ResourceHistory history : state.histories()) {
        for (OperationRecord each : history.operations()) {
          latest = Math.max(latest, each.lastRcChangeSeconds().orElse(0));
        }
      }
    }
    return latest;
  }

  Cib cib() {
    return before.withStatus(new Status(states, before.status().others()));
  }

  private void edit(GraphAction action, UnaryOperator<NodeState> change) {
    String name = action.onNode();
    if (name == null) {
      return;
    }
    for (int i = 0; i < states.size(); i++) {
      if (states.get(i).uname().equals(name)) {
        states.set(i, change.apply(states.get(i)));
        return;
      }
    }
    String id = action.onNodeId() == null ? name : action.onNodeId();
    states.add(change.apply(NodeState.of(id, name)));
  }

  /** The node is gone, and what was known about it. */
  void fenced(GraphAction action) {
    edit(
        action,
        state -> {
          Attributes attributes =
              state
                  .attributes()
                  .with("in_ccm", "false")
                  .with("crmd", "offline")
                  .with("join", "down")
                  .with("expected", "down");
          List<Element> others = new ArrayList<>(state.others());
          others.removeIf(
              each -> each.name().equals("lrm") || each.name().equals("transient_attributes"));
          return new NodeState(attributes, List.of(), List.of(), others);
        });
  }

  /** Enters the result of an action of a resource. */
  void result(
      GraphAction action,
      GraphAction.PrimitiveRef resource,
      String name,
      long interval,
      int expected,
      int exitCode) {
    edit(
        action,
        state -> {
          ResourceHistory history = history(state, resource, name);
          ResourceHistory entered = with(history, action, name, interval, expected, exitCode);
          NodeState changed = entered(state, entered);
          return exitCode == expected
              ? changed
              : counted(changed, resource.id(), action.operation(), interval);
        });
  }

  private static ResourceHistory history(
      NodeState state, GraphAction.PrimitiveRef resource, String name) {
    ResourceHistory history = only(state, name);
    if (history == null) {
      history = only(state, resource.id());
    }
    if (history == null) {
      Attributes attributes =
          Attributes.of("id", name, "class", resource.agentClass(), "type", resource.type());
      String provider = resource.provider();
      history =
          new ResourceHistory(
              provider == null ? attributes : attributes.with("provider", provider),
              List.of(),
              List.of());
    }
    return history;
  }

  /** A history by its id; null if there is none, or if one cannot say which is meant. */
  private static @Nullable ResourceHistory only(NodeState state, String id) {
    ResourceHistory found = null;
    for (ResourceHistory each : state.histories()) {
      if (each.id().equals(id)) {
        if (found != null) {
          return null;
        }
        found = each;
      }
    }
    return found;
  }

  private static NodeState entered(NodeState state, ResourceHistory history) {
    if (state.history(history.id()) != null && only(state, history.id()) == null) {
      List<ResourceHistory> histories = new ArrayList<>(state.histories());
      histories.add(history);
      return state.withHistories(histories);
    }
    return state.withHistory(history);
  }

  private ResourceHistory with(
      ResourceHistory history,
      GraphAction action,
      String name,
      long interval,
      int expected,
      int exitCode) {
    int call = 1;
    for (OperationRecord each : history.operations()) {
      call = Math.max(call, each.callId() + 1);
    }
    String task = action.operation();
    boolean migration = task.equals(Tasks.MIGRATE_TO) || task.equals(Tasks.MIGRATE_FROM);
    boolean failed = exitCode != expected;
    ResourceHistory changed = history;
    if (!failed || interval == 0) {
      // The two halves of a migration are kept apart from what comes after them.
      String id = interval > 0 || migration ? name + "_" + task + "_" + interval : name + "_last_0";
      changed = changed.with(record(id, name, action, interval, expected, exitCode, call));
    }
    if (failed) {
      String id = name + "_last_failure_0";
      changed = changed.with(record(id, name, action, interval, expected, exitCode, call));
    }
    return changed;
  }

  private OperationRecord record(
      String id,
      String name,
      GraphAction action,
      long interval,
      int expected,
      int exitCode,
      int call) {
    // What reloads its parameters has been started with them, as far as anybody is concerned.
    String task = action.operation().equals(Tasks.RELOAD) ? Tasks.START : action.operation();
    String transition = action.id() + ":-1:" + expected + ":" + SOURCE;
    Map<String, String> map = new LinkedHashMap<>();
    map.put("id", id);
    map.put("operation_key", name + "_" + task + "_" + interval);
    map.put("operation", task);
    map.put("crm-debug-origin", ORIGIN);
    map.put("transition-key", transition);
    map.put("transition-magic", "0:" + exitCode + ";" + transition);
    map.put("exit-reason", exitCode == expected ? "" : "Simulated action result");
    map.put("on_node", String.valueOf(action.onNode()));
    map.put("call-id", Integer.toString(call));
    map.put("rc-code", Integer.toString(exitCode));
    map.put("op-status", "0");
    map.put("interval", Long.toString(interval));
    map.put("last-rc-change", Long.toString(now));
    map.put("exec-time", "0");
    map.put("queue-time", "0");
    copy(action, "migrate_source", map);
    copy(action, "migrate_target", map);
    return new OperationRecord(new Attributes(map));
  }

  private static void copy(GraphAction action, String name, Map<String, String> into) {
    String value = action.meta(name);
    if (value != null) {
      into.put(name, value);
    }
  }

  private NodeState counted(NodeState state, String resource, String task, long interval) {
    String suffix = resource + "#" + task + "_" + interval;
    String old = state.transientAttribute("fail-count-" + suffix);
    int count =
        task.equals(Tasks.STOP) || task.equals(Tasks.START)
            ? Scores.INFINITY
            : Scores.add(1, Values.score(old, 0));
    return state
        .withTransientAttribute("fail-count-" + suffix, Scores.text(count))
        .withTransientAttribute("last-failure-" + suffix, Long.toString(now));
  }
}
