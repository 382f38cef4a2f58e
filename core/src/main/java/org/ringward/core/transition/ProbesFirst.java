package org.ringward.core.transition;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.ringward.core.graph.GraphAction;
import org.ringward.core.graph.TransitionGraph;
import org.ringward.core.graph.TransitionGraph.Synapse;

/**
 * No instance of a clone is promoted before it is known what runs of it everywhere. The plan lets a
 * start of a resource wait for its probes on all nodes, but a promotion only for the probe of its
 * own instance, as Pacemaker's does; a node whose daemon has begun another life may run the
 * promoted instance still, which only its probe tells. (The simulator's seed 29283.)
 *
 * <p>Added to the plan where it is carried out, so that the graph stays the one that crm_simulate
 * shows for the same state.
 */
public final class ProbesFirst {
  private ProbesFirst() {}

  /** The same graph, in which promotions also wait for the probes of their resource. */
  public static TransitionGraph of(TransitionGraph graph) {
    Map<String, List<Integer>> probes = probes(graph);
    if (probes.isEmpty()) {
      return graph;
    }
    Map<Integer, List<Integer>> dependents = dependents(graph);
    List<Synapse> synapses = new ArrayList<>();
    for (Synapse synapse : graph.synapses()) {
      List<Integer> first =
          synapse.action().operation().equals("promote")
              ? probes.getOrDefault(resource(synapse.action()), List.of())
              : List.of();
      synapses.add(first.isEmpty() ? synapse : after(synapse, first, dependents));
    }
    return new TransitionGraph(graph.attributes(), synapses);
  }

  /** Ids of the probes in the graph, by resource. */
  private static Map<String, List<Integer>> probes(TransitionGraph graph) {
    Map<String, List<Integer>> probes = new TreeMap<>();
    for (Synapse synapse : graph.synapses()) {
      GraphAction action = synapse.action();
      boolean once = action.operation().equals("monitor") && action.number("interval") == 0;
      if (once && action.kind() == GraphAction.Kind.RSC_OP) {
        probes.computeIfAbsent(resource(action), _ -> new ArrayList<>()).add(action.id());
      }
    }
    return probes;
  }

  /** Its id without the number of an instance. */
  private static String resource(GraphAction action) {
    GraphAction.@Nullable PrimitiveRef primitive = action.primitive();
    return primitive == null ? "" : primitive.id().replaceFirst(":[0-9]+$", "");
  }

  private static Map<Integer, List<Integer>> dependents(TransitionGraph graph) {
    Map<Integer, List<Integer>> dependents = new TreeMap<>();
    for (Synapse synapse : graph.synapses()) {
      for (int input : synapse.inputs()) {
        dependents.computeIfAbsent(input, _ -> new ArrayList<>()).add(synapse.action().id());
      }
    }
    return dependents;
  }

  /** A probe that waits for the promotion itself cannot be waited for. */
  private static Synapse after(
      Synapse synapse, List<Integer> probes, Map<Integer, List<Integer>> dependents) {
    SortedSet<Integer> later = reached(synapse.action().id(), dependents);
    List<Integer> inputs = new ArrayList<>(synapse.inputs());
    probes.stream().filter(id -> !inputs.contains(id) && !later.contains(id)).forEach(inputs::add);
    return new Synapse(synapse.id(), synapse.priority(), synapse.action(), inputs);
  }

  private static SortedSet<Integer> reached(int from, Map<Integer, List<Integer>> dependents) {
    TreeSet<Integer> reached = new TreeSet<>();
    Deque<Integer> open = new ArrayDeque<>(List.of(from));
    while (!open.isEmpty()) {
      for (int next : dependents.getOrDefault(open.removeFirst(), List.of())) {
        if (reached.add(next)) {
          open.add(next);
        }
      }
    }
    return reached;
  }
}
