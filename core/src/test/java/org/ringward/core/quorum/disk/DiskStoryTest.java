package org.ringward.core.quorum.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.DeviceSettings;
import org.ringward.core.config.DeviceSettings.Heuristic;
import org.ringward.core.wire.DiskBlock;
import org.ringward.core.wire.DiskHeader;

/** What operators rely on in a quorum disk: its lies are told by name, and are no vote. */
final class DiskStoryTest {
  private static final int INTERVAL = 200;
  private static final int TKO = 5;

  private static DiskWorld settled(int nodes, DeviceSettings.Disk options) {
    DiskWorld world = new DiskWorld(7, nodes, options);
    world.startAll();
    world.run(2 * world.settleMillis());
    assertThat(world.voters()).isEqualTo(world.ids());
    return world;
  }

  private static DiskWorld settled(int nodes) {
    return settled(nodes, DiskWorld.options(INTERVAL, TKO));
  }

  private static int block(int node) {
    return (DiskBlock.FURTHER + node) * DiskBlock.BYTES;
  }

  /** A lie of the disk, and what is said of it. */
  private enum Lie {
    ZEROS("its header has become zeros") {
      @Override
      void tell(DiskWorld world) {
        Arrays.fill(world.platter, (byte) 0);
      }
    },
    HEADER_DAMAGED("its header is damaged") {
      @Override
      void tell(DiskWorld world) {
        world.platter[100]++;
      }
    },
    SOMETHING_ELSE("it has something else on it") {
      @Override
      void tell(DiskWorld world) {
        Arrays.fill(world.platter, (byte) 0x5a);
      }
    },
    OTHER_CLUSTER("it belongs to cluster \"beta\", this node to \"alpha\"") {
      @Override
      void tell(DiskWorld world) {
        System.arraycopy(DiskHeader.block("beta", 5, 0), 0, world.platter, 0, DiskBlock.BYTES);
      }
    },
    ERRORS("fails: Input/output error") {
      @Override
      void tell(DiskWorld world) {
        world.deviceWorks(false);
      }
    },
    HANGS("it has not answered for ") {
      @Override
      void tell(DiskWorld world) {
        world.node(1).hang(true);
      }
    };

    final String sentence;

    Lie(String sentence) {
      this.sentence = sentence;
    }

    abstract void tell(DiskWorld world);
  }

  @ParameterizedTest
  @EnumSource(Lie.class)
  void aLieOfTheDiskIsToldAndIsNoVote(Lie lie) {
    DiskWorld world = settled(2);
    lie.tell(world);
    world.run(2L * world.timeoutMillis());
    assertThat(world.voters().contains(1)).isFalse();
    assertThat(world.device(1).device().alive()).isFalse();
    assertThat(world.device(1).answered()).as("nobody waits for it").isTrue();
    assertThat(String.join(" ", world.device(1).sentences()))
        .contains("the quorum disk /dev/q is of no use: ")
        .contains(lie.sentence);
  }

  @Test
  void aTornBlockOfAnotherNodeIsNoVote() {
    DiskWorld world = settled(2);
    world.crash(2);
    world.run(50);
    world.platter[block(2) + 300]++;
    world.run(2 * world.settleMillis());
    assertThat(world.voters()).isEqualTo(NodeSet.EMPTY);
    assertThat(world.device(1).sentences().getFirst()).contains("the block of node 2 is torn");
    world.start(2);
    world.run(world.settleMillis());
    assertThat(world.voters()).as("who writes it anew mends it").isEqualTo(world.ids());
  }

  @Test
  void aBlockThatBecameZerosIsNoVote() {
    DiskWorld world = settled(2);
    world.crash(2);
    world.run(50);
    Arrays.fill(world.platter, block(2), block(2) + DiskBlock.BYTES, (byte) 0);
    world.run(2 * world.settleMillis());
    assertThat(world.voters()).isEqualTo(NodeSet.EMPTY);
    assertThat(world.device(1).sentences().getFirst())
        .contains("the block of node 2 has become zeros");
  }

  @Test
  void oldBlocksAreToldAndAreNoVote() {
    DiskWorld world = settled(2);
    byte[] old = Arrays.copyOfRange(world.platter, block(2), block(2) + DiskBlock.BYTES);
    world.run(5L * INTERVAL);
    world.crash(2);
    world.run(50);
    System.arraycopy(old, 0, world.platter, block(2), old.length);
    world.run(2 * world.settleMillis());
    assertThat(world.voters()).isEqualTo(NodeSet.EMPTY);
    assertThat(world.device(1).sentences().getFirst())
        .contains("node 2 is older than before: the disk gives back old blocks");
  }

  /** Writes are acknowledged and forgotten. */
  @Test
  void anOwnBlockThatIsNotWhatWasWrittenIsNoVote() {
    DiskWorld world = settled(2);
    byte[] old = Arrays.copyOfRange(world.platter, block(1), block(1) + DiskBlock.BYTES);
    for (int millis = 0; millis < 3 * world.timeoutMillis(); millis++) {
      world.run(1);
      System.arraycopy(old, 0, world.platter, block(1), old.length);
    }
    assertThat(world.voters().contains(1)).isFalse();
    assertThat(world.device(1).sentences().getFirst()).contains("is not what was written");
  }

  @Test
  void aDiskThatWasNeverFormattedIsTold() {
    DiskWorld world = new DiskWorld(1, 2, DiskWorld.options(INTERVAL, TKO));
    Arrays.fill(world.platter, (byte) 0);
    world.startAll();
    world.run(world.settleMillis());
    assertThat(world.voters()).isEqualTo(NodeSet.EMPTY);
    assertThat(world.device(2).sentences().getFirst())
        .contains("it is not formatted; ringward region format does it");
    assertThat(world.device(2).answered()).isTrue();
  }

  @Test
  void aDiskThatWasFormattedAnewIsTakenAgain() {
    DiskWorld world = settled(3);
    world.format();
    world.run(2 * world.settleMillis());
    assertThat(world.voters()).isEqualTo(world.ids());
  }

  /** It goes on to claim the vote in the old format's blocks, which count like all others. */
  @Test
  void whoIsShownTheDiskAsItWasBeforeItsFormatIsNotOverlooked() {
    DiskWorld world = settled(2);
    world.partition(0, 1);
    world.run(world.settleMillis());
    assertThat(world.voters()).isEqualTo(NodeSet.of(1));
    world.node(1).shown = world.platter.clone();
    world.format();
    world.run(3 * world.settleMillis());
    assertThat(world.voters()).as("nobody else while it claims").isEqualTo(NodeSet.of(1));
    world.node(1).shown = null;
    world.run(2 * world.settleMillis());
    assertThat(world.voters().size()).isEqualTo(1);
  }

  /** Of equal sides the one with the lowest node wins; but not against one with more fit nodes. */
  @Test
  void theSideWithMoreNodesOnTheDiskWins() {
    DiskWorld world = settled(4);
    world.link(1, false);
    world.partition(0, 0, 1, 1);
    world.run(2 * world.settleMillis());
    assertThat(world.voters()).isEqualTo(NodeSet.of(3, 4));
  }

  @Test
  void whoHasTheVoteIsFoundAgainWhenTheOtherComesBackAlone() {
    DiskWorld world = settled(2);
    world.partition(0, 1);
    world.crash(1);
    world.run(world.settleMillis());
    assertThat(world.voters()).isEqualTo(NodeSet.of(2));
    world.start(1);
    world.run(world.settleMillis());
    assertThat(world.voters()).as("a tie is won by who had it").isEqualTo(NodeSet.of(2));
  }

  private static DiskWorld withHeuristics() {
    DeviceSettings.Disk plain = DiskWorld.options(INTERVAL, TKO);
    return settled(
        2,
        new DeviceSettings.Disk(
            plain.device(),
            false,
            INTERVAL,
            TKO,
            2,
            2,
            TKO,
            2,
            List.of(new Heuristic("ping router", 2, 300, 3), new Heuristic("other", 1, 300, 1))));
  }

  @Test
  void aNodeWhoseHeuristicsFailLosesTheVote() {
    DiskWorld world = withHeuristics();
    world.partition(0, 1);
    world.run(world.settleMillis());
    assertThat(world.voters()).isEqualTo(NodeSet.of(1));
    world.node(1).exits.put("other", 1);
    world.run(world.settleMillis());
    assertThat(world.voters()).as("2 of 3 are enough").isEqualTo(NodeSet.of(1));
    world.node(1).exits.put("ping router", 1);
    world.run(world.settleMillis());
    assertThat(world.voters()).isEqualTo(NodeSet.of(2));
    assertThat(world.device(1).sentences())
        .contains("the heuristics give this node a score of 0 of 3, 2 needed")
        .contains("heuristic \"ping router\" (score 2) ended with 1");
    assertThat(world.device(1).answered()).isTrue();
  }

  @Test
  void oneFailureOfThreeThatAreAllowedIsNone() {
    DiskWorld world = withHeuristics();
    world.node(1).exits.put("ping router", 1);
    world.run(300);
    world.node(1).exits.remove("ping router");
    world.run(2000);
    assertThat(world.voters()).isEqualTo(world.ids());
    assertThat(String.join(" ", world.node(1).said)).doesNotContain("score of 1 of 3");
  }

  @Test
  void aHeuristicThatHangsIsKilledAndHasFailed() {
    DiskWorld world = withHeuristics();
    world.node(1).exits.put("ping router", -1);
    world.run(world.settleMillis());
    assertThat(world.node(1).killed).isNotEmpty();
    assertThat(world.voters().contains(1)).isFalse();
    assertThat(world.device(1).sentences())
        .contains("heuristic \"ping router\" (score 2) has not ended within 300 ms");
    world.node(1).exits.remove("ping router");
    world.run(world.settleMillis());
    assertThat(world.voters()).isEqualTo(world.ids());
  }

  /** A machine that was suspended: its clock stood still, the time of day did not. */
  @Test
  void aVoteThatMayBeTooOldIsGivenBack() {
    DiskWorld world = settled(2);
    DiskWorld.Machine node = world.node(2);
    node.device.turn(node.local(), world.now / DiskWorld.MILLI + 60_000);
    assertThat(node.device.device().castsVote()).isFalse();
    world.run(world.settleMillis());
    assertThat(world.voters()).as("it was claimed again").isEqualTo(world.ids());
  }

  @Test
  void statusSaysHowLongTheVoteCountsWithoutTheDisk() {
    DiskWorld world = settled(2);
    assertThat(String.join("; ", world.device(1).sentences()))
        .contains("fit for its vote are nodes {1,2} of {1,2}, master are nodes {1,2}")
        .containsPattern("if the quorum disk dies now, its vote still counts here for [0-9]+ ms");
  }
}
