package org.ringward.core.policy.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where one primitive, or one instance of a clone, should run and how that came about.
 *
 * @param resource its id, with the number of the instance inside a clone
 * @param names every id it can be asked for by: its own, the configured one, those of the groups,
 *     clones and bundles it is in
 * @param node where it should run, null when nowhere
 * @param role what it will be there, in Pacemaker's words: Started, Promoted, Stopped ...
 * @param reason one plain sentence
 * @param candidates every node, the best first
 */
public record Placement(
    String resource,
    List<String> names,
    @Nullable String node,
    String role,
    String reason,
    List<Candidate> candidates) {
  public Placement {
    names = List.copyOf(names);
    candidates = List.copyOf(candidates);
  }

  /**
   * One node.
   *
   * @param score -1000000 to 1000000, the ends are minus and plus INFINITY
   * @param contributions what the score is made of; what rules the node out is among them
   */
  public record Candidate(String node, int score, List<Contribution> contributions) {
    public Candidate {
      contributions = List.copyOf(contributions);
    }
  }

  /**
   * Part of a score.
   *
   * @param source the constraint, rule, default or fact it comes from, such as "location prefer-a"
   */
  public record Contribution(int score, String source) {}
}
