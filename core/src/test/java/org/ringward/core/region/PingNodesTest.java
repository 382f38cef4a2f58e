package org.ringward.core.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.ringward.core.config.RegionSettings.Ping;

class PingNodesTest {
  private static final long MILLI = 1_000_000;

  private final PingDiary diary = new PingDiary();
  private final Set<Integer> silent = new TreeSet<>();
  private final List<int[]> asked = new ArrayList<>();
  private long now = 7_000 * MILLI;

  private PingNodes pings(Ping... settings) {
    PingNodes pings =
        new PingNodes(
            List.of(settings), (host, number) -> asked.add(new int[] {host, number}), diary);
    pings.start(now);
    return pings;
  }

  private static Ping ping(boolean group, String... hosts) {
    return new Ping(group ? "uplink" : "router", List.of(hosts), 1000, 5000, group);
  }

  /** Time passes, each question is answered 2 ms later unless its host is silent. */
  private void run(PingNodes pings, long millis) {
    long end = now + millis * MILLI;
    while (now < end) {
      now = Math.min(end, Math.max(now + MILLI, pings.nextDeadline()));
      pings.turn(now);
      List<int[]> questions = List.copyOf(asked);
      asked.clear();
      for (int[] question : questions) {
        if (!silent.contains(question[0])) {
          pings.answered(question[0], question[1], now + 2 * MILLI);
        }
      }
    }
  }

  @Test
  void withoutPingNodesThereIsNothingToDo() {
    PingNodes pings = pings();
    assertThat(pings.nextDeadline()).isEqualTo(Long.MAX_VALUE);
    assertThat(pings.settled()).isEqualTo(PingNodes.UNKNOWN);
    assertThat(pings.lines(now)).isEmpty();
  }

  @Test
  void whatAnswersIsReachedAtOnceAndSettlesAfterTwoRounds() {
    PingNodes pings = pings(ping(false, "10.0.0.1", "10.0.0.2"));
    run(pings, 500);
    assertThat(pings.coming()).isEqualTo(2);
    assertThat(pings.settled()).isEqualTo(PingNodes.UNKNOWN);
    run(pings, 2000);
    assertThat(pings.settled()).isEqualTo(2);
    assertThat(diary.lines)
        .containsExactly("router 10.0.0.1 answers", "router 10.0.0.2 answers", "2 of 2");
    assertThat(pings.warnings()).isEmpty();
  }

  @Test
  void aHostThatNeverAnswersIsKnownToBeSilentAfterTheDeadtime() {
    silent.add(0);
    PingNodes pings = pings(ping(false, "10.0.0.1", "10.0.0.2"));
    run(pings, 4500);
    assertThat(pings.coming()).isEqualTo(PingNodes.UNKNOWN);
    run(pings, 3000);
    assertThat(pings.settled()).isEqualTo(1);
    assertThat(diary.lines).contains("router 10.0.0.1 silent 5000", "1 of 2");
    assertThat(pings.lines(now).getFirst().reachable()).isFalse();
    assertThat(pings.warnings()).containsExactly("ping router: 10.0.0.1 does not answer this node");
  }

  @Test
  void ofAGroupOneIsEnoughAndItCountsOnce() {
    PingNodes pings = pings(ping(true, "10.0.0.1", "10.0.0.2"), ping(false, "10.0.0.3"));
    run(pings, 3000);
    assertThat(pings.all()).isEqualTo(2);
    assertThat(pings.settled()).isEqualTo(2);
    silent.add(0);
    run(pings, 10_000);
    assertThat(pings.settled()).isEqualTo(2);
    assertThat(pings.lines(now).getFirst().reachable()).isTrue();
    silent.add(1);
    run(pings, 10_000);
    assertThat(pings.settled()).isEqualTo(1);
  }

  /** A host that comes and goes faster than it settles changes nothing. */
  @Test
  void whatDoesNotLastDoesNotCount() {
    PingNodes pings = pings(ping(false, "10.0.0.1"));
    run(pings, 3000);
    silent.add(0);
    run(pings, 6000);
    assertThat(pings.coming()).isZero();
    assertThat(pings.settled()).isEqualTo(1);
    silent.clear();
    run(pings, 1000);
    assertThat(pings.coming()).isEqualTo(1);
    run(pings, 10_000);
    assertThat(diary.lines.stream().filter(line -> line.contains(" of ")))
        .containsExactly("1 of 1");
  }

  @Test
  void oldRepeatedAndInventedAnswersDoNotCount() {
    PingNodes pings = pings(ping(false, "10.0.0.1"));
    silent.add(0);
    run(pings, 8000);
    assertThat(pings.settled()).isZero();
    pings.answered(0, 1, now);
    pings.answered(0, 1000, now);
    pings.answered(0, -5, now);
    pings.answered(7, 9, now);
    assertThat(pings.coming()).isZero();
    pings.answered(0, 8, now);
    assertThat(pings.coming()).isEqualTo(1);
    run(pings, 6000);
    assertThat(pings.coming()).isZero();
    pings.answered(0, 8, now);
    assertThat(pings.coming()).isZero();
  }

  @Test
  void anOwnStallIsNobodysSilence() {
    PingNodes pings = pings(ping(false, "10.0.0.1"));
    run(pings, 3000);
    now += 20_000 * MILLI;
    run(pings, 1500);
    assertThat(pings.coming()).isEqualTo(1);
    assertThat(diary.lines).doesNotContain("0 of 1").hasSize(2);
  }
}
