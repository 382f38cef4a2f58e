package org.ringward.core.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.graph.TransitionGraph;

/**
 * What the scheduler decided.
 *
 * @param graph what to do
 * @param changes the graph for people: one line per resource or node that changes
 * @param fencing for every node that is to be fenced the reason
 * @param recheckAtSeconds when a rule or an expiry changes the result at the latest, seconds since
 *     1970, null for never
 * @param warnings what was left aside or cannot be done, such as nodes that cannot be fenced
 */
public record Schedule(
    TransitionGraph graph,
    List<PlannedChange> changes,
    List<NodeVerdict> fencing,
    @Nullable Long recheckAtSeconds,
    List<String> warnings) {

  /**
   * @param action Start, Stop, Move, Restart, Recover, Promote, Fence, Shutdown ... as crm_simulate
   *     names them
   * @param from empty when it comes from nowhere
   * @param to empty when it goes nowhere
   * @param blocked whether it would have to be done but cannot
   */
  public record PlannedChange(
      String resource, String action, String from, String to, String reason, boolean blocked) {

    /** The reason, and whether the change is blocked, in one text; empty for neither. */
    public String why() {
      if (!blocked) {
        return reason;
      }
      return reason.isEmpty() ? "blocked" : reason + " (blocked)";
    }
  }

  /** Why a node is to be fenced. */
  public record NodeVerdict(String node, String reason) {}

  public Schedule {
    changes = List.copyOf(changes);
    fencing = List.copyOf(fencing);
    warnings = List.copyOf(warnings);
  }
}
