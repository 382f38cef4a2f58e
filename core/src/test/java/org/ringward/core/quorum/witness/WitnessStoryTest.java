package org.ringward.core.quorum.witness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.ringward.core.base.NodeSet;
import org.ringward.core.quorum.witness.WitnessRules.Algorithm;

/** What operators rely on, in words. */
final class WitnessStoryTest {
  private static final int TIMEOUT = 1000;

  private static WitnessWorld world(int nodes, Algorithm algorithm, int tieBreaker) {
    WitnessWorld world =
        new WitnessWorld(1, nodes, new WitnessRules(algorithm, tieBreaker, true), TIMEOUT);
    world.startAll();
    world.run(10L * TIMEOUT);
    assertThat(world.voters()).isEqualTo(world.ids());
    return world;
  }

  @Test
  void ofTwoNodesTheTieBreakersSideGoesOn() {
    WitnessWorld world = world(2, Algorithm.FFSPLIT, WitnessRules.HIGHEST);
    world.partition(0, 1);
    world.run(6L * TIMEOUT);
    assertThat(world.voters()).isEqualTo(NodeSet.of(2));
    world.partition(0, 0);
    world.run(6L * TIMEOUT);
    assertThat(world.voters()).isEqualTo(world.ids());
  }

  @Test
  void theSurvivorOfTwoGetsTheVote() {
    WitnessWorld world = world(2, Algorithm.FFSPLIT, WitnessRules.LOWEST);
    world.crash(1);
    world.run(6L * TIMEOUT);
    assertThat(world.voters()).isEqualTo(NodeSet.of(2));
  }

  @Test
  void aRestartOfTheWitnessCostsTheSurvivorNothing() {
    WitnessWorld world = world(2, Algorithm.FFSPLIT, WitnessRules.LOWEST);
    world.crash(1);
    world.run(6L * TIMEOUT);
    for (int restart = 0; restart < 20; restart++) {
      world.stopWitness();
      world.run(150);
      world.startWitness();
      for (int step = 0; step < 100; step++) {
        world.run(20);
        assertThat(world.voters()).isEqualTo(NodeSet.of(2));
      }
    }
  }

  @Test
  void withoutTheWitnessTheVoteEndsAndComesBack() {
    WitnessWorld world = world(2, Algorithm.FFSPLIT, WitnessRules.LOWEST);
    world.stopWitness();
    world.run(TIMEOUT / 2);
    assertThat(world.voters()).isEqualTo(world.ids());
    world.run(TIMEOUT);
    assertThat(world.voters()).isEqualTo(NodeSet.EMPTY);
    assertThat(world.node(1).client.isAlive(world.node(1).local())).isFalse();
    assertThat(world.node(1).client.hasAnswered(world.node(1).local())).isTrue();
    world.startWitness();
    world.run(8000);
    assertThat(world.voters()).isEqualTo(world.ids());
  }

  @Test
  void aSideThatTheWitnessDoesNotHearLosesTheVote() {
    WitnessWorld world = world(4, Algorithm.FFSPLIT, WitnessRules.LOWEST);
    world.link(1, false);
    world.link(2, false);
    world.partition(0, 0, 1, 1);
    world.run(6L * TIMEOUT);
    assertThat(world.voters()).isEqualTo(NodeSet.of(3, 4));
  }

  @Test
  void theLastManStandingKeepsTheVote() {
    WitnessWorld world = world(4, Algorithm.LMS, WitnessRules.LOWEST);
    for (int id = 1; id <= 3; id++) {
      world.crash(id);
      world.run(6L * TIMEOUT);
    }
    assertThat(world.voters()).isEqualTo(NodeSet.of(4));
  }

  /** A machine that was suspended: its clock stood still, the time of day did not. */
  @Test
  void aVoteThatMayBeTooOldIsGivenBack() {
    WitnessWorld world = world(2, Algorithm.FFSPLIT, WitnessRules.LOWEST);
    WitnessWorld.Machine node = world.node(2);
    node.client.turn(node.local(), node.wall() + 60_000);
    assertThat(node.client.castsVote(node.local())).isFalse();
    world.run(500);
    assertThat(world.voters()).as("it was asked for again").isEqualTo(world.ids());
  }
}
