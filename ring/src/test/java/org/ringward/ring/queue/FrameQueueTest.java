package org.ringward.ring.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FrameQueueTest {
  private static final int PART = 1000;

  private final FrameQueue queue = new FrameQueue();

  private static byte[] bytes(int number) {
    byte[] bytes = new byte[PART];
    LittleEndian.putInt(bytes, 0, number);
    return bytes;
  }

  private int fill() {
    int count = 0;
    while (queue.tryAdd(7, count, bytes(count), 0, PART)) {
      count++;
    }
    return count;
  }

  private void take(int number) {
    assertThat(queue.hasNext()).isTrue();
    assertThat(queue.kind()).isEqualTo(7);
    assertThat(queue.number()).isEqualTo(number);
    assertThat(queue.length()).isEqualTo(PART);
    assertThat(LittleEndian.getInt(queue.bytes(), queue.offset())).isEqualTo(number);
    queue.remove();
  }

  @Test
  void framesComeOutInOrderAndThereIsABound() {
    assertThat(queue.hasNext()).isFalse();
    int count = fill();
    assertThat(count).isBetween(200, 300);
    for (int number = 0; number < count; number++) {
      take(number);
    }
    assertThat(queue.hasNext()).isFalse();
    assertThat(fill()).isEqualTo(count);
  }

  @Test
  void oneFrameOfAnyLengthIsTakenWhenNoneWaits() {
    byte[] large = new byte[3 * 1024 * 1024];
    assertThat(queue.tryAdd(1, 0, large, 0, large.length)).isTrue();
    assertThat(queue.tryAdd(1, 1, large, 0, 1)).isFalse();
    assertThat(queue.addAnyway(2, 1)).isTrue();
    assertThat(queue.hasNext()).isTrue();
    assertThat(queue.available()).isEqualTo(large.length + 2 * FrameQueue.HEAD);
    queue.remove();
    assertThat(queue.kind()).isEqualTo(2);
    assertThat(queue.length()).isZero();
  }

  @Test
  void framesCanBeTakenAsBytesInAnyParts() {
    for (int number = 0; number < 3; number++) {
      assertThat(queue.tryAdd(7, number, bytes(number), 0, PART)).isTrue();
    }
    byte[] all = new byte[3 * (FrameQueue.HEAD + PART)];
    int taken = 0;
    while (queue.hasNext()) {
      int part = Math.min(700, queue.available());
      System.arraycopy(queue.bytes(), queue.from(), all, taken, part);
      queue.advance(part);
      taken += part;
    }
    assertThat(taken).isEqualTo(all.length);
    for (int number = 0; number < 3; number++) {
      int at = number * (FrameQueue.HEAD + PART);
      assertThat(LittleEndian.getInt(all, at)).isEqualTo(FrameQueue.HEAD + PART);
      assertThat(LittleEndian.getInt(all, at + 8)).isEqualTo(number);
    }
  }

  @Test
  void whoWaitsForRoomGoesOnWhenThereIsSomeOrTheQueueIsClosed() throws Exception {
    int count = fill();
    assertThat(queue.add(7, count, bytes(count), 0, PART, TimeUnit.MILLISECONDS.toNanos(5)))
        .isFalse();
    AtomicBoolean added = new AtomicBoolean();
    Thread waiting = Thread.ofPlatform().start(() -> added.set(addPatiently(count)));
    take(0);
    waiting.join();
    assertThat(added).isTrue();
    for (int number = 1; number <= count; number++) {
      take(number);
    }
    fill();
    Thread refused = Thread.ofPlatform().start(() -> added.set(addPatiently(0)));
    queue.close("over");
    refused.join();
    assertThat(added).isFalse();
    assertThat(queue.closedReason()).isEqualTo("over");
    assertThat(queue.addAnyway(1, 1)).isFalse();
  }

  private boolean addPatiently(int number) {
    try {
      return queue.add(7, number, bytes(number), 0, PART, TimeUnit.SECONDS.toNanos(60));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
