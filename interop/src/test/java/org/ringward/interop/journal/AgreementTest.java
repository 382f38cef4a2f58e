package org.ringward.interop.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The comparer finds each kind of disagreement, and none where there is none. */
class AgreementTest {
  private static final String ONE =
      """
      B 1 a1
      S 1 30 0001
      T 1.8 1,2
      J 1
      M 1 a1 1 30 0001
      J 2
      M 2 b1 1 40 0002
      M 2 b1 2 40 0003
      """;

  private static final String OTHER =
      """
      B 2 b1
      S 1 40 0002
      S 2 40 0003
      T 1.8 1,2
      J 2
      M 2 b1 1 40 0002
      M 2 b1 2 40 0003
      """;

  private static List<String> findings(String one, String other, Set<Integer> real) {
    return new Agreement(
            List.of(Life.parse("one", one), Life.parse("other", other)), Set.of(), real)
        .check()
        .findings();
  }

  private static List<String> findings(String one, String other) {
    return findings(one, other, Set.of());
  }

  @Test
  void membersThatGotTheSameAgree() {
    assertThat(findings(ONE, OTHER)).isEmpty();
  }

  @Test
  void anotherOrderIsFound() {
    String swapped = "B 2 b1\nS 1 40 0002\nT 1.8 1,2\nJ 2\nM 2 b1 1 40 0002\nM 1 a1 1 30 0001\n";
    String one = "B 1 a1\nS 1 30 0001\nT 1.8 1,2\nJ 1\nJ 2\nM 1 a1 1 30 0001\nM 2 b1 1 40 0002\n";
    assertThat(findings(one, swapped)).anyMatch(text -> text.contains("message 0 is"));
  }

  @Test
  void aLostMessageAtTheEndIsFound() {
    String less = OTHER.replace("M 2 b1 2 40 0003\n", "").replace("S 2 40 0003\n", "");
    assertThat(findings(ONE, less)).anyMatch(text -> text.contains("2 and 1 messages"));
  }

  @Test
  void aGapOfOneSenderIsFoundAtBoth() {
    assertThat(
            findings(
                ONE.replace("M 2 b1 1 40 0002\n", "M 2 b1 0 40 0001\n"),
                OTHER.replace("M 2 b1 1 40 0002\n", "M 2 b1 0 40 0001\n")))
        .hasSize(2)
        .allMatch(text -> text.contains("after number 0"));
  }

  @Test
  void twiceIsFound() {
    String twice = OTHER + "M 2 b1 2 40 0003\n";
    assertThat(findings(ONE, twice)).anyMatch(text -> text.contains("twice"));
  }

  @Test
  void otherContentIsFound() {
    String other = OTHER.replace("M 2 b1 2 40 0003", "M 2 b1 2 40 0004");
    assertThat(findings(ONE, other)).anyMatch(text -> text.contains("another member"));
  }

  @Test
  void anotherRingIsFound() {
    String late = OTHER.replace("M 2 b1 2 40 0003", "T 2.c 2\nM 2 b1 2 40 0003");
    assertThat(findings(ONE, late)).anyMatch(text -> text.contains("in ring"));
  }

  @Test
  void whatDoesNotComeToItsSenderIsFound() {
    assertThat(findings(ONE.replace("S 1", "S 1 30 0001\nS 2"), OTHER))
        .anyMatch(text -> text.contains("sent 2 messages and got 1"));
  }

  @Test
  void otherMembersOfOneRingAreFound() {
    assertThat(findings(ONE, OTHER.replace("T 1.8 1,2", "T 1.8 1,2,3")))
        .anyMatch(text -> text.contains("has members"));
  }

  @Test
  void thoseWhoPartedMustNotContradictEachOther() {
    String one = ONE + "T 1.c 1\n";
    String less = OTHER.replace("M 2 b1 2 40 0003\n", "").replace("S 2 40 0003\n", "");
    assertThat(findings(one, less + "T 2.c 2\n")).isEmpty();
    String swapped =
        OTHER.replace("M 2 b1 2 40 0003\n", "").replace("J 2\n", "J 2\nM 2 b1 2 40 0003\n");
    assertThat(findings(one, swapped + "T 2.c 2\n"))
        .anyMatch(text -> text.contains("comes in another order"));
  }

  @Test
  void whatCorosyncLosesAtAMergeIsForgivenToCorosyncOnly() {
    String merged = ONE + "T 1.c 1\nT 1.10 1,2\nM 2 b1 4 40 0005\n";
    String lost =
        OTHER
            + "S 3 40 0004\nS 4 40 0005\nT 2.c 2\nT 1.10 1,2\n"
            + "M 2 b1 3 40 0004\nM 2 b1 4 40 0005\n";
    assertThat(findings(merged, lost, Set.of(2))).isEmpty();
    assertThat(findings(merged, lost, Set.of())).hasSize(1);
  }
}
