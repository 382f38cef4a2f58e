package org.ringward.ring.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteQueueTest {
  private long used;
  private long most = Long.MAX_VALUE;

  private boolean take(long bytes) {
    if (used + bytes > most) {
      return false;
    }
    used += bytes;
    return true;
  }

  @Test
  void bytesComeOutAsTheyWentInWhateverTheParts() {
    ByteQueue queue = new ByteQueue(this::take);
    Random random = new Random(3);
    byte next = 0;
    byte expected = 0;
    for (int round = 0; round < 5000; round++) {
      int more = random.nextInt(3000);
      assertThat(queue.reserve(more)).isTrue();
      assertThat(queue.room()).isGreaterThanOrEqualTo(more);
      for (int at = 0; at < more; at++) {
        queue.bytes()[queue.until() + at] = next++;
      }
      queue.added(more);
      int less = Math.min(queue.size(), random.nextInt(3100));
      for (int at = 0; at < less; at++) {
        assertThat(queue.bytes()[queue.from() + at]).isEqualTo(expected++);
      }
      queue.remove(less);
    }
    assertThat(used).as("what is allowed is what is used").isEqualTo(queue.bytes().length);
    queue.release();
    assertThat(used).isZero();
  }

  @Test
  void growsOnlyAsFarAsItMayAndGivesBackWhatIsLarge() {
    most = 4 * 1024 * 1024;
    ByteQueue queue = new ByteQueue(this::take);
    assertThat(queue.reserve(2 * 1024 * 1024)).isTrue();
    queue.added(2 * 1024 * 1024);
    assertThat(queue.reserve(3 * 1024 * 1024)).isFalse();
    assertThat(queue.size()).isEqualTo(2 * 1024 * 1024);
    queue.remove(2 * 1024 * 1024);
    assertThat(used).as("a large array is not kept").isZero();
    assertThat(queue.reserve(1)).isTrue();
  }
}
