package org.ringward.core.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.graph.TransitionGraph;

/**
 * What the scheduler decided and why.
 *
 * @param graph what to do
 * @param changes the graph for people: one line per resource or node that changes
 * @param placements for every primitive where it should run and how that came about
 * @param fencing for every node that is to be fenced the reason
 * @param recheckAtSeconds when a rule or an expiry changes the result at the latest, seconds since
 *     1970, null for never
 * @param warnings what was left aside: kinds of resources and rules that are not built, names that
 *     do not exist, nodes that cannot be fenced
 */
public record Schedule(
    TransitionGraph graph,
    List<PlannedChange> changes,
    List<Placement> placements,
    List<NodeVerdict> fencing,
    @Nullable Long recheckAtSeconds,
    List<String> warnings) {

  /**
   * @param action Start, Stop, Move, Restart, Recover, Leave, Fence, Blocked ... as crm_simulate
   *     names them
   */
  public record PlannedChange(
      String resource, String action, String from, String to, String reason) {}

  /**
   * @param node where it should run, null when nowhere
   * @param reason one plain sentence
   * @param candidates every node, best first
   */
  public record Placement(
      String resource, @Nullable String node, String reason, List<Candidate> candidates) {}

  /**
   * @param score -1000000 to 1000000, the ends are minus and plus INFINITY
   */
  public record Candidate(String node, int score, List<Contribution> contributions) {}

  /**
   * @param source the constraint, default or rule it comes from, such as "location prefer-a" or
   *     "stickiness"
   */
  public record Contribution(int score, String source) {}

  public record NodeVerdict(String node, String reason) {}

  /** A schedule with nothing left aside. */
  public Schedule(
      TransitionGraph graph,
      List<PlannedChange> changes,
      List<Placement> placements,
      List<NodeVerdict> fencing,
      @Nullable Long recheckAtSeconds) {
    this(graph, changes, placements, fencing, recheckAtSeconds, List.of());
  }

  public Schedule {
    changes = List.copyOf(changes);
    placements = List.copyOf(placements);
    fencing = List.copyOf(fencing);
    warnings = List.copyOf(warnings);
  }
}
