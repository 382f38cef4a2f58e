package org.ringward.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MtuDiscoveryTest {
  private static final long PATIENCE = 1_000;
  private static final long INTERVAL = 1_000_000;

  private final List<Integer> asked = new ArrayList<>();
  private final MtuDiscovery discovery = new MtuDiscovery(asked::add);
  private long now;

  /** Answers what fits until nothing is asked any more; the number of questions. */
  private int search(IntPredicate fits) {
    int questions = 0;
    long end = now + INTERVAL / 2;
    while (discovery.deadline() < end || !asked.isEmpty()) {
      List<Integer> sizes = List.copyOf(asked);
      asked.clear();
      questions += sizes.size();
      for (int size : sizes) {
        if (fits.test(size)) {
          discovery.reply(size, PATIENCE, INTERVAL, now + 10);
        }
      }
      if (asked.isEmpty() && discovery.deadline() < end) {
        now = discovery.deadline();
        discovery.expire(PATIENCE, INTERVAL, now);
      }
    }
    return questions;
  }

  @ParameterizedTest
  @ValueSource(ints = {1280, 1400, 1450, 1492, 1500, 9000, 65_535})
  void usualSizesAreFoundExactly(int mtu) {
    discovery.begin(PATIENCE, now);
    search(size -> size <= mtu);
    assertThat(discovery.mtu()).isBetween(mtu - 1, mtu + Math.max(16, mtu / 64));
    assertThat(discovery.mtu()).isLessThanOrEqualTo(mtu);
    assertThat(discovery.known()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1300, 1430, 1600, 3000, 8000, 20_000, 60_000})
  void othersAreFoundClosely(int mtu) {
    discovery.begin(PATIENCE, now);
    int questions = search(size -> size <= mtu);
    assertThat(discovery.mtu()).isBetween(mtu - Math.max(16, mtu / 50), mtu);
    assertThat(questions).isLessThan(70);
  }

  /** The usual answer is used after one round trip, not at the end of the search. */
  @Test
  void theAnswerIsUsedAtOnce() {
    discovery.begin(PATIENCE, now);
    assertThat(discovery.mtu()).isEqualTo(MtuDiscovery.FLOOR);
    assertThat(discovery.reply(1500, PATIENCE, INTERVAL, now + 1)).isTrue();
    assertThat(discovery.mtu()).isEqualTo(1500);
  }

  @Test
  void silenceMeansTheFirstGuess() {
    discovery.begin(PATIENCE, now);
    search(_ -> false);
    assertThat(discovery.mtu()).isEqualTo(MtuDiscovery.FLOOR);
    assertThat(discovery.known()).isFalse();
  }

  @Test
  void aShrunkPathIsFoundAtTheNextSearch() {
    discovery.begin(PATIENCE, now);
    search(size -> size <= 9000);
    now = discovery.deadline();
    assertThat(discovery.expire(PATIENCE, INTERVAL, now)).isFalse();
    search(size -> size <= 1500);
    assertThat(discovery.mtu()).isEqualTo(1500);
  }

  /** Half of everything is lost; the result is never too large. */
  @Test
  void lossMakesItSmallerAtWorst() {
    SplittableRandom random = new SplittableRandom(5);
    int exact = 0;
    for (int i = 0; i < 200; i++) {
      discovery.stop();
      asked.clear();
      discovery.begin(PATIENCE, now);
      search(size -> size <= 1500 && random.nextBoolean());
      assertThat(discovery.mtu()).isLessThanOrEqualTo(1500);
      exact += discovery.mtu() > 1480 ? 1 : 0;
    }
    assertThat(exact).isGreaterThan(150);
  }

  @Test
  void answersToNoQuestionAreIgnored() {
    assertThat(discovery.reply(1500, PATIENCE, INTERVAL, now)).isFalse();
    discovery.begin(PATIENCE, now);
    assertThat(discovery.reply(60_000, PATIENCE, INTERVAL, now)).isFalse();
    assertThat(discovery.mtu()).isEqualTo(MtuDiscovery.FLOOR);
    discovery.stop();
    assertThat(discovery.reply(1500, PATIENCE, INTERVAL, now)).isFalse();
    assertThat(discovery.deadline()).isEqualTo(Long.MAX_VALUE);
  }
}
