package org.ringward.core.quorum.witness;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.NodeSet;
import org.ringward.core.wire.WitnessMessage.Hello;

/**
 * Which side of a cluster gets the vote of a network witness, as corosync-qdevice(8) describes it.
 * A pure function: the witness decides by it, and a node foretells by it.
 *
 * @param tieBreaker {@link #LOWEST}, {@link #HIGHEST} or the id of a node
 * @param keepActive a tie is won by the side that had the vote, before the tie breaker is asked;
 *     always so with last-man-standing
 */
public record WitnessRules(Algorithm algorithm, int tieBreaker, boolean keepActive) {
  /** A tie is won by the side with the lowest node. */
  public static final int LOWEST = 0;

  /** A tie is won by the side with the highest node. */
  public static final int HIGHEST = -1;

  /** The ways to choose. */
  public enum Algorithm {
    /** Fifty-fifty split: the side with most nodes, if it has half of all. */
    FFSPLIT(1, "ffsplit"),
    /** Last man standing: the side with most nodes that the witness hears, however few. */
    LMS(2, "lms");

    private final int number;
    private final String word;

    Algorithm(int number, String word) {
      this.number = number;
      this.word = word;
    }

    /** As it is sent. */
    int number() {
      return number;
    }

    /** As it is written in configurations. */
    public String word() {
      return word;
    }
  }

  /**
   * A side that asks for the vote.
   *
   * @param connected how many of its nodes the witness hears
   */
  public record Candidate(NodeSet members, int connected) {}

  /**
   * @param winner place of the side that gets the vote, -1 for none
   * @param rule why, one clause
   */
  public record Choice(int winner, String rule) {}

  static WitnessRules of(Hello hello) {
    Algorithm algorithm =
        hello.algorithm() == Algorithm.LMS.number() ? Algorithm.LMS : Algorithm.FFSPLIT;
    return new WitnessRules(algorithm, hello.tieBreaker(), hello.keepActive());
  }

  /**
   * The side that gets the vote.
   *
   * @param candidates without common nodes
   * @param nodes how many are configured
   * @param active the nodes of the side that had the vote last
   */
  public Choice choose(List<Candidate> candidates, int nodes, NodeSet active) {
    int best = -1;
    String rule = "no side asks for it";
    for (int place = 0; place < candidates.size(); place++) {
      Candidate candidate = candidates.get(place);
      if (candidate.connected() == 0) {
        continue;
      }
      if (algorithm == Algorithm.FFSPLIT && 2 * candidate.members().size() < nodes) {
        if (best < 0) {
          rule = "no side has half of the " + nodes + " nodes, as ffsplit asks";
        }
        continue;
      }
      if (best < 0) {
        best = place;
        rule = "it is the only side that asks";
      } else {
        Step step = firstDifference(candidate, candidates.get(best), active);
        rule = step.rule();
        best = step.order().compare(candidate, candidates.get(best)) > 0 ? place : best;
      }
    }
    return new Choice(best, rule);
  }

  private record Step(Comparator<Candidate> order, String rule) {}

  private Step firstDifference(Candidate one, Candidate other, NodeSet active) {
    for (Step step : steps(active)) {
      if (step.order().compare(one, other) != 0) {
        return step;
      }
    }
    // Neither has the node of the tie breaker: the lowest node decides all the same on all sides.
    return new Step(byLowest(), "it has the lowest node");
  }

  private List<Step> steps(NodeSet active) {
    Step size = new Step(Comparator.comparingInt(c -> c.members().size()), "it has most nodes");
    Step heard =
        new Step(
            Comparator.comparingInt(Candidate::connected), "the witness hears most of its nodes");
    Comparator<Candidate> kept = Comparator.comparingInt(c -> common(c.members(), active));
    Step keep = new Step(kept, "it has most of the nodes that had the vote before the tie");
    Step tie = new Step(byTieBreaker(), "the tie breaker (" + tieBreakerWord() + ") is on it");
    if (algorithm == Algorithm.LMS) {
      return List.of(heard, size, keep, tie);
    }
    return keepActive ? List.of(size, heard, keep, tie) : List.of(size, heard, tie);
  }

  private static int common(NodeSet one, NodeSet other) {
    return one.intersect(other).size();
  }

  private Comparator<Candidate> byTieBreaker() {
    return switch (tieBreaker) {
      case LOWEST -> byLowest();
      case HIGHEST -> Comparator.comparingInt(c -> c.members().get(c.members().size() - 1));
      default -> Comparator.comparing(c -> c.members().contains(tieBreaker));
    };
  }

  private static Comparator<Candidate> byLowest() {
    return Comparator.comparingInt((Candidate c) -> c.members().lowest()).reversed();
  }

  /** As it is written in configurations. */
  public String tieBreakerWord() {
    return switch (tieBreaker) {
      case LOWEST -> "lowest";
      case HIGHEST -> "highest";
      default -> "node " + tieBreaker;
    };
  }

  /** Why these rules and those of another node cannot both be followed, null when they agree. */
  @Nullable String conflict(WitnessRules other) {
    if (algorithm != other.algorithm) {
      return "algorithm %s and %s".formatted(algorithm.word, other.algorithm.word);
    }
    if (tieBreaker != other.tieBreaker) {
      return "tie_breaker %s and %s".formatted(tieBreakerWord(), other.tieBreakerWord());
    }
    return keepActive == other.keepActive
        ? null
        : "keep_active_partition_tie_breaker %s and %s"
            .formatted(keepActive ? "on" : "off", other.keepActive ? "on" : "off");
  }
}
