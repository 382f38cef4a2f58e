package org.ringward.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.ringward.core.link.DuplicateFilter.Verdict;

/** What the numbers in a node's PINGs say about the messages that were taken from it. */
final class PeerTest {
  private final Peer peer = new Peer(2);

  private void take(int number) {
    assertThat(peer.filter().judge(number)).isEqualTo(Verdict.NEW);
    peer.filter().take(number);
    peer.heardData();
  }

  private Verdict judge(int number) {
    return peer.filter().judge(number);
  }

  @Test
  void aRegularPingWithNoNumberComesFromANewLife() {
    take(300);
    peer.pinged(0, true);
    assertThat(judge(300)).isEqualTo(Verdict.NEW);
  }

  /** A PING may be overtaken by data: one that is behind proves nothing. */
  @Test
  void onePingBehindIsNoNewLife() {
    take(300);
    peer.pinged(299, true);
    peer.pinged(300, true);
    peer.pinged(299, true);
    assertThat(judge(300)).isEqualTo(Verdict.TAKEN);
  }

  @Test
  void pingsThatStayBehindComeFromANewLife() {
    take(300);
    peer.pinged(5, true);
    assertThat(judge(300)).isEqualTo(Verdict.TAKEN);
    peer.pinged(5, true);
    assertThat(judge(6)).isEqualTo(Verdict.NEW);
    assertThat(peer.filter().highestNumber()).isEqualTo(6);
  }

  /** Under load every PING may be behind the data that overtook it. */
  @Test
  void pingsBehindDataThatGoesOnAreNoNewLife() {
    for (int number = 100; number < 200; number++) {
      take(number);
      peer.pinged(number - 1, true);
    }
    assertThat(judge(150)).isEqualTo(Verdict.TAKEN);
  }

  @Test
  void behindReckonsRoundTheEndOfTheNumbers() {
    take(2);
    peer.pinged(65_534, true);
    peer.pinged(65_534, true);
    assertThat(judge(65_535)).isEqualTo(Verdict.NEW);
    assertThat(peer.filter().highestNumber()).isEqualTo(65_535);
  }

  @Test
  void pingsAheadOfLostDataAreNoNewLife() {
    take(300);
    peer.pinged(400, true);
    peer.pinged(400, true);
    assertThat(judge(300)).isEqualTo(Verdict.TAKEN);
  }

  /** A node that only passes tokens to others goes on with its numbers where we cannot see them. */
  @Test
  void pingsThatStayFarAheadOfEverythingMakeRoom() {
    take(300);
    peer.pinged(20_300, true);
    assertThat(judge(300)).isEqualTo(Verdict.TAKEN);
    peer.pinged(20_500, true);
    assertThat(judge(20_501)).isEqualTo(Verdict.NEW);
    assertThat(peer.filter().highestNumber()).isEqualTo(20_501);
  }

  /** What somebody sends again does not count as data between two bursts of the node. */
  @Test
  void pingsOutOfTurnWithoutNewDataMakeRoom() {
    take(9_000);
    peer.pinged(9_100, false);
    peer.filter().judge(100);
    peer.filter().take(100);
    peer.pinged(17_291, false);
    assertThat(peer.filter().highestNumber()).isEqualTo(17_291);
    assertThat(judge(17_292)).isEqualTo(Verdict.NEW);
  }
}
