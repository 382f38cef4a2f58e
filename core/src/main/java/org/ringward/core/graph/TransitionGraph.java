package org.ringward.core.graph;

import java.util.List;
import org.ringward.core.cib.Attributes;

/**
 * What to do and in which order, as Pacemaker's transition graph. A synapse may run when all
 * actions in its inputs are done.
 *
 * @param attributes cluster-delay, fencing-timeout, failed-stop-offset, batch-limit and the like
 */
public record TransitionGraph(Attributes attributes, List<Synapse> synapses) {
  public TransitionGraph {
    synapses = List.copyOf(synapses);
  }

  /**
   * Whether there is nothing to do. Pseudo-actions and notifications may be left over around
   * actions that cannot be run; alone they change nothing.
   */
  public boolean isEmpty() {
    for (Synapse synapse : synapses) {
      GraphAction action = synapse.action();
      if (action.kind() != GraphAction.Kind.PSEUDO_EVENT && !action.operation().equals("notify")) {
        return false;
      }
    }
    return true;
  }

  /**
   * @param inputs ids of the actions that must be done first
   */
  public record Synapse(int id, int priority, GraphAction action, List<Integer> inputs) {
    public Synapse {
      inputs = List.copyOf(inputs);
    }
  }
}
