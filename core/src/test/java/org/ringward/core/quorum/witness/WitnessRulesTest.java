package org.ringward.core.quorum.witness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringward.core.base.NodeSet;
import org.ringward.core.quorum.witness.WitnessRules.Algorithm;
import org.ringward.core.quorum.witness.WitnessRules.Candidate;
import org.ringward.core.quorum.witness.WitnessRules.Choice;

/** corosync-qdevice(8), section "Model net algorithms". */
final class WitnessRulesTest {
  /** Sides as "1 2/2" (nodes/heard), separated by semicolons. */
  @ParameterizedTest
  @CsvSource({
    // algorithm, tie breaker, keep, configured, had the vote, sides, winner
    "FFSPLIT,  0, true, 4, 1 2 3 4, 1 2/2;3 4/2,      0",
    "FFSPLIT, -1, true, 4, 1 2 3 4, 1 2/2;3 4/2,      1",
    "FFSPLIT,  3, true, 4, 1 2 3 4, 1 2/2;3 4/2,      1",
    "FFSPLIT,  0, true, 4, 3 4,     1 2/2;3 4/2,      1",
    "FFSPLIT,  0, false, 4, 3 4,    1 2/2;3 4/2,      0",
    "FFSPLIT,  0, true, 4, 1 2 3 4, 1/1;2 3 4/3,      1",
    "FFSPLIT,  0, true, 4, 1 2 3 4, 1 2/1;3 4/2,      1",
    "FFSPLIT,  0, true, 4, 1 2 3 4, 1/1,             -1",
    "FFSPLIT,  0, true, 4, 1 2 3 4, 1/1;2/1;3/1;4/1, -1",
    "FFSPLIT,  0, true, 2, 1 2,     1/1;2/1,          0",
    "FFSPLIT,  0, true, 2, 1 2,     2/1,              0",
    "FFSPLIT,  0, true, 2, 1 2,     1/0;2/1,          1",
    "FFSPLIT,  7, true, 4, 1 2 3 4, 3 4/2;1 2/2,      1",
    "LMS,      0, true, 4, 1 2 3 4, 1/1;2 3 4/3,      1",
    "LMS,      0, true, 4, 1 2 3 4, 4/1,              0",
    "LMS,      0, true, 4, 1 2 3 4, 1/1;2 3 4/1,      1",
    "LMS,      0, true, 4, 1 2 3 4, 1 2 3/1;4/1,      0",
    "LMS,      0, true, 4, 1 2 3 4, 1 2 3/1;4/2,      1",
    "LMS,      0, false, 4, 3 4,    1 2/2;3 4/2,      1",
    "LMS,     -1, true, 4, 1 2 3 4, 1 2/2;3 4/2,      1",
    "LMS,      0, true, 3, 1 2 3,   3/1;2/1;1/1,      2",
  })
  void oneSideIsChosen(
      Algorithm algorithm,
      int tieBreaker,
      boolean keep,
      int nodes,
      String active,
      String sides,
      int winner) {
    WitnessRules rules = new WitnessRules(algorithm, tieBreaker, keep);
    Choice choice = rules.choose(candidates(sides), nodes, nodes(active));
    assertThat(choice.winner()).as(choice.rule()).isEqualTo(winner);
    List<Candidate> reversed = new ArrayList<>(candidates(sides)).reversed();
    int mirrored = winner < 0 ? winner : reversed.size() - 1 - winner;
    assertThat(rules.choose(reversed, nodes, nodes(active)).winner())
        .as("the order of the sides does not matter")
        .isEqualTo(mirrored);
  }

  @Test
  void theReasonIsTheRuleThatDecided() {
    WitnessRules rules = new WitnessRules(Algorithm.FFSPLIT, WitnessRules.LOWEST, true);
    assertThat(rules.choose(candidates("1 2/2;3 4/2"), 4, nodes("1 2 3 4")).rule())
        .isEqualTo("the tie breaker (lowest) is on it");
    assertThat(rules.choose(candidates("1 2/2;3 4/2"), 4, nodes("3 4")).rule())
        .isEqualTo("it has most of the nodes that had the vote before the tie");
    assertThat(rules.choose(candidates("1/1"), 4, nodes("1")).rule())
        .isEqualTo("no side has half of the 4 nodes, as ffsplit asks");
  }

  private static List<Candidate> candidates(String sides) {
    return Stream.of(sides.split(";"))
        .map(side -> side.split("/"))
        .map(side -> new Candidate(nodes(side[0]), Integer.parseInt(side[1])))
        .toList();
  }

  private static NodeSet nodes(String ids) {
    return NodeSet.of(Stream.of(ids.strip().split(" ")).mapToInt(Integer::parseInt).toArray());
  }
}
