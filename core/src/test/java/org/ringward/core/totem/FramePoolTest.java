package org.ringward.core.totem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What the pool of frames keeps. */
final class FramePoolTest {
  private final FramePool pool = new FramePool();

  @Test
  void aFrameHasRoomAndIsNotFarTooLong() {
    for (int length = 1; length <= 65_536; length += 7) {
      int capacity = pool.take(length).bytes.length;
      assertThat(capacity)
          .isGreaterThanOrEqualTo(length)
          .isLessThanOrEqualTo(Math.max(128, 2 * length));
    }
    assertThat(pool.take(65_536).bytes).hasSize(65_536);
  }

  @Test
  void whatWasGivenBackIsUsedAgain() {
    StoredFrame frame = pool.take(1_000);
    pool.giveBack(frame);
    assertThat(pool.take(600)).isSameAs(frame);
    assertThat(pool.take(1_024)).isNotSameAs(frame);
  }

  /** A window full of 64 KiB frames does not stay in memory when it is over. */
  @Test
  void whatIsKeptIsBounded() {
    ArrayDeque<StoredFrame> used = new ArrayDeque<>();
    for (int i = 0; i < 2_000; i++) {
      used.add(pool.take(65_000));
    }
    assertThat(pool.usedBytes()).isEqualTo(2_000L * 65_536);
    used.forEach(pool::giveBack);
    assertThat(pool.usedBytes()).isZero();
    assertThat(pool.keptBytes()).isEqualTo(32L * 1024 * 1024);
  }

  /** Frames of a size that is asked for are kept, those of one that no longer is go. */
  @Test
  void theSizeThatIsAskedForStays() {
    ArrayDeque<StoredFrame> used = new ArrayDeque<>();
    for (int i = 0; i < 512; i++) {
      used.add(pool.take(65_000));
    }
    used.forEach(pool::giveBack);
    StoredFrame small = pool.take(1_400);
    pool.giveBack(small);
    assertThat(pool.take(1_400)).isSameAs(small);
  }

  @Test
  void theAccountsAreRight() {
    SplittableRandom random = new SplittableRandom(1);
    ArrayDeque<StoredFrame> used = new ArrayDeque<>();
    for (int i = 0; i < 20_000; i++) {
      if (random.nextInt(3) > 0 || used.isEmpty()) {
        used.add(pool.take(1 + random.nextInt(65_536)));
      } else {
        pool.giveBack(used.poll());
      }
      if (used.size() > 500) {
        used.forEach(pool::giveBack);
        used.clear();
      }
    }
    assertThat(pool.usedBytes())
        .isEqualTo(used.stream().mapToLong(each -> each.bytes.length).sum());
  }
}
