package org.ringward.sim.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.ringward.core.quorum.QuorumVerdict;
import org.ringward.core.quorum.QuorumVerdict.Rule;

class NodeProgramTest {
  @Test
  void whoGoesOnByAnothersVoteOfTheDeviceDoesNotVoteForItItself() {
    assertThat(NodeProgram.votesForIt(verdict(true, 1, Rule.DEVICE))).as("its own vote").isTrue();
    assertThat(NodeProgram.votesForIt(verdict(true, 0, Rule.DEVICE))).as("its word").isFalse();
    assertThat(NodeProgram.votesForIt(verdict(true, 0, Rule.VOTES))).as("the nodes'").isTrue();
    assertThat(NodeProgram.votesForIt(verdict(false, 0, Rule.VOTES))).isFalse();
  }

  private static QuorumVerdict verdict(boolean quorate, int deviceVotes, Rule rule) {
    return new QuorumVerdict(quorate, 2, deviceVotes, 2, 3, rule, "");
  }
}
