package org.ringward.core.transition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.Check;
import org.ringward.core.graph.GraphAction;
import org.ringward.core.graph.TransitionGraph;
import org.ringward.core.graph.TransitionGraph.Synapse;

/**
 * One walk through a transition graph. An action may start when all its inputs are done; those of
 * higher priority come first, then those that come first in the graph. What depends on a failed
 * action, on an action that is not in the graph or on itself never starts, and the run ends
 * incomplete. Pseudo events are done as soon as they may start and are never handed out.
 *
 * <p>An action that {@link #fire} handed out is in flight until {@link #completed} names it; {@link
 * #expired} only tells that its time is over. Times are monotonic nanoseconds.
 */
public final class TransitionRun {
  private static final Comparator<Node> FIRST =
      Comparator.<Node>comparingInt(node -> -node.synapse.priority())
          .thenComparingInt(node -> node.place);

  private final long number;
  private final int batchLimit;
  private final TreeMap<Integer, Node> nodes = new TreeMap<>();
  private final PriorityQueue<Node> ready = new PriorityQueue<>(FIRST);
  private final TreeMap<Integer, Node> inFlight = new TreeMap<>();
  private int done;
  private int failed;
  private long changes;
  private @Nullable String abortReason;

  /** How far an action has come. */
  public enum Progress {
    /** What it needs is not done yet, or too much is under way. */
    WAITING,
    RUNNING,
    DONE,
    FAILED
  }

  /**
   * An action with how far it has come.
   *
   * @param inputs ids of the actions that must be done first
   */
  public record Step(GraphAction action, Progress progress, List<Integer> inputs) {
    public Step {
      inputs = List.copyOf(inputs);
    }
  }

  private static final class Node {
    final Synapse synapse;
    Progress progress = Progress.WAITING;
    final int place;
    final List<Node> dependents = new ArrayList<>();
    int missing;
    long deadline = Long.MAX_VALUE;

    Node(Synapse synapse, int place) {
      this.synapse = synapse;
      this.place = place;
    }
  }

  /**
   * Begins a walk.
   *
   * @param number for people and for outcomes that come late
   * @param batchLimit how many actions may be in flight at the same time, 0 for no limit
   */
  public TransitionRun(long number, TransitionGraph graph, int batchLimit) {
    Check.that(batchLimit >= 0, "batch limit below 0");
    this.number = number;
    this.batchLimit = batchLimit == 0 ? Integer.MAX_VALUE : batchLimit;
    for (Synapse synapse : graph.synapses()) {
      Node before = nodes.put(synapse.action().id(), new Node(synapse, nodes.size()));
      Check.that(before == null, "two actions with id " + synapse.action().id());
    }
    for (Node node : nodes.values()) {
      TreeSet<Integer> inputs = new TreeSet<>(node.synapse.inputs());
      node.missing = inputs.size();
      for (int input : inputs) {
        Node before = nodes.get(input);
        if (before != null) {
          before.dependents.add(node);
        }
      }
      if (node.missing == 0) {
        ready.add(node);
      }
    }
  }

  public long number() {
    return number;
  }

  /** All actions that may start now, each handed out once. */
  public List<GraphAction> fire(long now) {
    List<GraphAction> started = new ArrayList<>();
    while (abortReason == null) {
      Node next = takeReady();
      if (next == null) {
        break;
      }
      if (next.synapse.action().kind() == GraphAction.Kind.PSEUDO_EVENT) {
        done(next);
      } else {
        next.progress = Progress.RUNNING;
        changes++;
        inFlight.put(next.synapse.action().id(), next);
        started.add(next.synapse.action());
      }
    }
    return started;
  }

  /** The first that may start; a full batch lets only pseudo events pass. */
  private @Nullable Node takeReady() {
    if (inFlight.size() < batchLimit) {
      return ready.poll();
    }
    for (Node node : ready.stream().sorted(FIRST).toList()) {
      if (node.synapse.action().kind() == GraphAction.Kind.PSEUDO_EVENT) {
        ready.remove(node);
        return node;
      }
    }
    return null;
  }

  /** An action in flight has ended; others are ignored, so late and repeated reports do no harm. */
  public void completed(int actionId, boolean succeeded) {
    Node node = inFlight.remove(actionId);
    if (node == null) {
      return;
    }
    if (succeeded) {
      done(node);
    } else {
      node.progress = Progress.FAILED;
      changes++;
      failed++;
    }
  }

  private void done(Node node) {
    node.progress = Progress.DONE;
    changes++;
    done++;
    for (Node dependent : node.dependents) {
      dependent.missing--;
      if (dependent.missing == 0) {
        ready.add(dependent);
      }
    }
  }

  /** From when on {@link #expired} names the action in flight. */
  public void started(int actionId, long deadline) {
    Node node = inFlight.get(actionId);
    if (node != null) {
      node.deadline = deadline;
    }
  }

  /** The actions in flight whose time is over, each once; they stay in flight. */
  public List<GraphAction> expired(long now) {
    List<GraphAction> late = new ArrayList<>();
    for (Node node : inFlight.values()) {
      if (node.deadline <= now) {
        node.deadline = Long.MAX_VALUE;
        late.add(node.synapse.action());
      }
    }
    return late;
  }

  /** When {@link #expired} will name something, Long.MAX_VALUE for never. */
  public long nextDeadline() {
    return inFlight.values().stream().mapToLong(node -> node.deadline).min().orElse(Long.MAX_VALUE);
  }

  /** Starts nothing new; the first reason counts. */
  public void abort(String reason) {
    if (abortReason == null) {
      abortReason = reason;
      changes++;
    }
  }

  /** Why nothing new is started, null when the run was not aborted. */
  public @Nullable String abortReason() {
    return abortReason;
  }

  /** Nothing is in flight and nothing more will start. */
  public boolean finished() {
    return inFlight.isEmpty() && (abortReason != null || ready.isEmpty());
  }

  /** Finished with every action of the graph done. */
  public boolean succeeded() {
    return done == nodes.size();
  }

  /** What was handed out and has not ended, by id. */
  public List<GraphAction> inFlight() {
    return inFlight.values().stream().map(node -> node.synapse.action()).toList();
  }

  /** Every action with how far it has come, in the order of their ids. */
  public List<Step> steps() {
    return nodes.values().stream()
        .map(node -> new Step(node.synapse.action(), node.progress, node.synapse.inputs()))
        .toList();
  }

  /** Grows whenever {@link #steps} or {@link #abortReason} says something else than before. */
  public long changes() {
    return changes;
  }

  /** One sentence for people. */
  public String summary() {
    int rest = nodes.size() - done - failed - inFlight.size();
    StringBuilder text = new StringBuilder();
    text.append("Transition %d: %d of %d actions are done".formatted(number, done, nodes.size()));
    append(text, failed, "failed");
    append(text, inFlight.size(), "in progress");
    append(text, rest, finished() ? "never started" : "not started");
    if (abortReason != null) {
      text.append("; aborted: ").append(abortReason);
    }
    return text.append('.').toString();
  }

  private static void append(StringBuilder text, int count, String what) {
    if (count > 0) {
      text.append(", ").append(count).append(' ').append(what);
    }
  }
}
