package org.ringward.core.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.TransitionReport;
import org.ringward.core.admin.TransitionReport.ActionLine;
import org.ringward.core.graph.GraphAction;
import org.ringward.core.transition.TransitionRun;
import org.ringward.core.transition.TransitionRun.Progress;
import org.ringward.core.transition.TransitionRun.Step;

/**
 * Follows the transition that runs. Every node sees what is ordered and what ends, in the total
 * order; the coordinator has the graph as well.
 */
final class TransitionWatch {
  /** What a node that does not coordinate remembers at most. */
  private static final int SEEN_MOST = 2_000;

  private String coordinator = "";
  private String key = "";
  private long number;
  private long startedMillis;
  private @Nullable TransitionRun run;
  private final Map<Integer, Seen> seen = new TreeMap<>();
  private final Map<String, Fencing> fences = new TreeMap<>();
  private long changes;

  /** What was ordered, and how it ended. */
  private record Seen(
      GraphAction action, String node, long startedMillis, long tookMillis, Progress progress) {}

  /** A node that is fenced; it took no time yet while that runs. */
  private record Fencing(long startedMillis, long tookMillis) {}

  /** This node walks that graph from now on, or does not coordinate any more. */
  void walks(String node, @Nullable TransitionRun next, Moment now) {
    if (next != null) {
      forget(node, next.number(), now.wallMillis());
      run = next;
    } else if (run != null) {
      forget("", 0, 0);
    }
  }

  private void forget(String node, long next, long wallMillis) {
    coordinator = node;
    key = "";
    number = next;
    startedMillis = wallMillis;
    run = null;
    seen.clear();
    fences.clear();
    changes++;
  }

  /** A message was applied. */
  void applied(ClusterMessage message) {
    switch (message) {
      case ClusterMessage.ActionRequest request -> requested(request);
      case ClusterMessage.OperationResult result -> ended(result);
      case ClusterMessage.FenceOrder order -> {
        fences.put(order.target(), new Fencing(order.wallMillis(), 0));
        changes++;
      }
      case ClusterMessage.FenceResult result -> {
        fences.computeIfPresent(
            result.target(),
            (_, fencing) ->
                new Fencing(
                    fencing.startedMillis(),
                    Math.max(1, result.wallMillis() - fencing.startedMillis())));
        changes++;
      }
      default -> {
        // No step of a transition.
      }
    }
  }

  private void requested(ClusterMessage.ActionRequest request) {
    TransitionKey named = TransitionKey.parse(request.transitionKey());
    if (named == null) {
      return;
    }
    TransitionRun current = run;
    boolean own = current != null && current.number() == named.transition() && key.isEmpty();
    if (own) {
      key = named.coordinator();
    } else if (!named.coordinator().equals(key) || named.transition() != number) {
      forget(life(named.coordinator()), named.transition(), request.wallMillis());
      key = named.coordinator();
    }
    boolean done = StateMachine.isDoneByDelivery(request.action());
    if (seen.size() < SEEN_MOST) {
      seen.put(
          named.action(),
          new Seen(
              request.action(),
              request.node(),
              request.wallMillis(),
              0,
              done ? Progress.DONE : Progress.RUNNING));
      changes++;
    }
  }

  /** The name of the node whose life that is: what stands before the last dash. */
  private static String life(String coordinator) {
    int dash = coordinator.lastIndexOf('-');
    return dash < 0 ? coordinator : coordinator.substring(0, dash);
  }

  private void ended(ClusterMessage.OperationResult result) {
    TransitionKey named = TransitionKey.parse(result.transitionKey());
    if (named == null || !named.coordinator().equals(key) || named.transition() != number) {
      return;
    }
    Seen before = seen.get(named.action());
    if (before == null || before.progress() != Progress.RUNNING) {
      return;
    }
    boolean good = result.status() == 0 && result.exitCode() == named.targetExitCode();
    seen.put(
        named.action(),
        new Seen(
            before.action(),
            before.node(),
            before.startedMillis(),
            Math.max(1, result.wallMillis() - before.startedMillis()),
            good ? Progress.DONE : Progress.FAILED));
    changes++;
  }

  /** Grows whenever the report says something else than before. */
  long changes() {
    TransitionRun current = run;
    return current == null ? changes : changes + current.changes();
  }

  TransitionReport report(String node) {
    return reportOf(node).get();
  }

  /** The report of this moment, worked out by whoever asks for it, in any thread. */
  Supplier<TransitionReport> reportOf(String node) {
    TransitionRun current = run;
    Map<Integer, Seen> known = new TreeMap<>(seen);
    String from = coordinator;
    long which = number;
    long began = startedMillis;
    if (current == null) {
      return () -> partial(node, from, which, began, known);
    }
    Map<String, Fencing> fencing = new TreeMap<>(fences);
    List<Step> steps = current.steps();
    String state = current.finished() ? current.succeeded() ? "done" : "incomplete" : "running";
    String summary = current.summary();
    String aborted = Objects.requireNonNullElse(current.abortReason(), "");
    return () ->
        new TransitionReport(
            node, from, true, which, state, summary, aborted, began, lines(steps, known, fencing));
  }

  private static TransitionReport partial(
      String node, String coordinator, long number, long began, Map<Integer, Seen> known) {
    List<ActionLine> lines = new ArrayList<>();
    known.forEach((id, each) ->
        lines.add(line(id, each.action(), each.node(), each.progress(), each, List.of())));
    long running =
        known.values().stream().filter(each -> each.progress() == Progress.RUNNING).count();
    String state = number == 0 ? "none" : running > 0 ? "running" : "unknown";
    String summary =
        number == 0
            ? "No transition was seen since this node joined."
            : "Transition %d of %s: %d actions were ordered, %d of them are in progress."
                .formatted(number, coordinator, known.size(), running);
    return new TransitionReport(node, coordinator, false, number, state, summary, "", began, lines);
  }

  private static List<ActionLine> lines(
      List<Step> steps, Map<Integer, Seen> known, Map<String, Fencing> fences) {
    Map<Integer, Step> all = new TreeMap<>();
    steps.forEach(each -> all.put(each.action().id(), each));
    List<ActionLine> lines = new ArrayList<>();
    for (Step step : steps) {
      if (step.action().kind() == GraphAction.Kind.PSEUDO_EVENT) {
        continue;
      }
      TreeSet<Integer> after = new TreeSet<>();
      TreeSet<Integer> visited = new TreeSet<>();
      step.inputs().forEach(input -> before(input, all, visited, after));
      String node = Objects.requireNonNullElse(step.action().onNode(), "");
      Seen seen = known.get(step.action().id());
      Fencing fencing = fences.get(node);
      if (fencing != null && step.action().operation().equals("stonith")) {
        seen =
            new Seen(
                step.action(),
                node,
                fencing.startedMillis(),
                fencing.tookMillis(),
                step.progress());
      }
      lines.add(
          line(step.action().id(), step.action(), node, step.progress(), seen, List.copyOf(after)));
    }
    return lines;
  }

  /** Adds the input, or what it waits for itself when it only orders others. */
  private static void before(
      int input, Map<Integer, Step> all, SortedSet<Integer> visited, SortedSet<Integer> after) {
    Step step = all.get(input);
    if (step == null || !visited.add(input)) {
      return;
    }
    if (step.action().kind() == GraphAction.Kind.PSEUDO_EVENT) {
      step.inputs().forEach(each -> before(each, all, visited, after));
    } else {
      after.add(input);
    }
  }

  private static ActionLine line(
      int id,
      GraphAction action,
      String node,
      Progress progress,
      @Nullable Seen seen,
      List<Integer> after) {
    GraphAction.PrimitiveRef primitive = action.primitive();
    return new ActionLine(
        id,
        operation(action),
        primitive == null ? "" : Objects.requireNonNullElse(primitive.longId(), primitive.id()),
        node,
        progress.name().toLowerCase(Locale.ROOT),
        seen == null ? 0 : seen.startedMillis(),
        seen == null ? 0 : seen.tookMillis(),
        after);
  }

  private static String operation(GraphAction action) {
    boolean once = action.operation().equals("monitor") && action.number("interval") == 0;
    return once ? "probe" : action.operation();
  }
}
