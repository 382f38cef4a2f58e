package org.ringward.core.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.QuorumSettings;
import org.ringward.core.config.QuorumSettings.TieBreaker;

class QuorumOutlookTest {
  private static QuorumOutlook outlook(Electorate electorate) {
    return outlook(electorate, DeviceModel.none());
  }

  private static QuorumOutlook outlook(Electorate electorate, DeviceModel device) {
    return QuorumOutlook.of(electorate.quorum(1), device, id -> "n" + id);
  }

  /** A device that votes for the side with the lowest id. */
  private record Lowest(int votes) implements DeviceModel {
    @Override
    public void ring(int representative, long sequence, NodeSet members, boolean quorate) {}

    @Override
    public QuorumDevice device() {
      return new QuorumDevice("Qdisk", votes, true, true, false);
    }

    @Override
    public boolean answered() {
      return true;
    }

    @Override
    public int preferred(List<NodeSet> sides) {
      return 0;
    }

    @Override
    public List<String> sentences() {
      return List.of();
    }
  }

  @Test
  void withTwoNodesEitherMayGoOn() {
    QuorumOutlook two = outlook(Electorate.of(2, new QuorumSettings(0, true, true)).whole());
    assertThat(two.splits()).hasSize(1);
    assertThat(two.splits().getFirst().winners()).containsExactly(0, 1);
    assertThat(two.sentences())
        .containsExactly(
            "any 1 node of 2 may fail at once and the rest goes on",
            "if they split: n1 and n2 may both go on (two_node): fencing decides which one does");
  }

  @Test
  void withThreeNodesTwoGoOn() {
    QuorumOutlook three = outlook(Electorate.of(3, QuorumSettings.DEFAULT).whole());
    assertThat(three.splits()).hasSize(3);
    assertThat(three.splits()).allMatch(split -> split.winners().size() == 1);
    assertThat(three.sentences())
        .containsExactly(
            "any 1 node of 3 may fail at once and the rest goes on",
            "in every split in two, the side with more votes goes on");
  }

  @Test
  void withFourNodesHalvesAreATieUnlessItIsBroken() {
    QuorumOutlook four = outlook(Electorate.of(4, QuorumSettings.DEFAULT).whole());
    assertThat(four.splits()).hasSize(7);
    assertThat(four.splits().stream().filter(split -> split.winners().isEmpty())).hasSize(3);
    assertThat(four.sentences())
        .contains("if they split: neither n1 and n2 nor n3 and n4 may go on");
    QuorumSettings tie =
        QuorumSettings.DEFAULT.toBuilder()
            .autoTieBreaker(true)
            .tieBreaker(TieBreaker.HIGHEST)
            .build();
    QuorumOutlook broken = outlook(Electorate.of(4, tie).whole());
    assertThat(broken.splits()).allMatch(split -> split.winners().size() == 1);
    assertThat(broken.sentences())
        .contains("if they split: n3 and n4 may go on (auto_tie_breaker), n1 and n2 may not");
  }

  @Test
  void manyNodesAreToldBySizes() {
    QuorumOutlook twelve = outlook(Electorate.of(12, QuorumSettings.DEFAULT).whole());
    assertThat(twelve.splits()).hasSize(11);
    assertThat(twelve.sentences().getFirst())
        .isEqualTo("any 5 nodes of 12 may fail at once and the rest goes on");
    assertThat(twelve.sentences().get(1)).startsWith("if they split: neither n1 and n2");
  }

  @Test
  void theEndOfTheDeviceIsForetold() {
    Electorate two = Electorate.of(2, Electorate.WITH_DEVICE).whole();
    Lowest device = new Lowest(1);
    two.quorum(1).device(device.device());
    two.quorum(2).device(device.device());
    two.deliver();
    QuorumOutlook outlook = outlook(two, device);
    assertThat(outlook.splits().getFirst().sentence())
        .isEqualTo("n1 may go on (with the quorum device's vote), n2 may not");
    assertThat(outlook.sentences())
        .contains(
            "if the quorum device Qdisk dies now, this side goes on (2 of 3 votes, 2 needed)");
    two.ring(1);
    assertThat(outlook(two, device).sentences())
        .containsExactly(
            "no other node is here, so nothing can split",
            "if the quorum device Qdisk dies now, this side may not go on (1 of 3 votes, 2 needed)");
  }

  @Test
  void askingChangesNothing() {
    Electorate three = Electorate.of(3, new QuorumSettings(0, false, true)).whole();
    QuorumStatus before = three.quorum(1).status();
    outlook(three);
    assertThat(three.quorum(1).status()).isEqualTo(before);
  }
}
