package org.ringward.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.ringward.core.link.Reassembly.Outcome;

final class ReassemblyTest {
  private final Reassembly reassembly = new Reassembly();
  private final SplittableRandom random = new SplittableRandom(7);

  private byte[] message(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static int count(byte[] message, int size) {
    return (message.length + size - 1) / size;
  }

  private Outcome put(long position, byte[] message, int size, int fragment) {
    int at = (fragment - 1) * size;
    int length = Math.min(size, message.length - at);
    return reassembly.fragment(position, count(message, size), fragment, message, at, length);
  }

  private byte[] result() {
    return Arrays.copyOf(reassembly.bytes(), reassembly.length());
  }

  private int[] shuffled(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i + 1;
    }
    return order;
  }

  @Test
  void anyOrderAndAnySizeGivesTheMessage() {
    for (int round = 0; round < 2_000; round++) {
      int size = 1 + random.nextInt(2_000);
      int most = Math.min(65_536, 255 * size);
      byte[] message = message(size + 1 + random.nextInt(most - size));
      int count = count(message, size);
      int left = count;
      for (int fragment : shuffled(count)) {
        left--;
        assertThat(put(round + 1, message, size, fragment))
            .isEqualTo(left == 0 ? Outcome.COMPLETE : Outcome.KEPT);
        if (left > 0) {
          assertThat(put(round + 1, message, size, fragment)).isEqualTo(Outcome.REPEATED);
        }
      }
      assertThat(result()).isEqualTo(message);
    }
    assertThat(reassembly.waiting()).isZero();
  }

  @Test
  void theLongestMessage() {
    byte[] message = message(65_536);
    for (int size : new int[] {65_535, 32_768, 1_446, 482, 258}) {
      int count = count(message, size);
      for (int fragment = count; fragment > 1; fragment--) {
        assertThat(put(size, message, size, fragment)).isEqualTo(Outcome.KEPT);
      }
      assertThat(put(size, message, size, 1)).isEqualTo(Outcome.COMPLETE);
      assertThat(result()).isEqualTo(message);
    }
  }

  @Test
  void messagesInterleave() {
    List<byte[]> messages = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      messages.add(message(3_000));
      put(i + 1, messages.get(i), 1_000, 1);
      put(i + 1, messages.get(i), 1_000, 3);
    }
    for (int i = 0; i < 32; i++) {
      assertThat(put(i + 1, messages.get(i), 1_000, 2)).isEqualTo(Outcome.COMPLETE);
      assertThat(result()).isEqualTo(messages.get(i));
    }
  }

  @Test
  void theOldestMakesRoom() {
    byte[] message = message(2_000);
    for (int i = 1; i <= 33; i++) {
      put(i, message, 1_000, 1);
    }
    assertThat(reassembly.waiting()).isEqualTo(32);
    assertThat(put(2, message, 1_000, 2)).isEqualTo(Outcome.COMPLETE);
    assertThat(put(1, message, 1_000, 2)).isEqualTo(Outcome.KEPT);
    assertThat(put(33, message, 1_000, 2)).isEqualTo(Outcome.COMPLETE);
  }

  @Test
  void contradictionsAreRefused() {
    byte[] message = message(3_000);
    assertThat(reassembly.fragment(1, 3, 0, message, 0, 1_000)).isEqualTo(Outcome.MALFORMED);
    assertThat(reassembly.fragment(1, 3, 4, message, 0, 1_000)).isEqualTo(Outcome.MALFORMED);
    assertThat(reassembly.fragment(1, 3, 1, message, 0, 0)).isEqualTo(Outcome.MALFORMED);
    assertThat(reassembly.fragment(1, 3, 1, message, 0, 1_000)).isEqualTo(Outcome.KEPT);
    assertThat(reassembly.fragment(1, 4, 2, message, 0, 1_000)).isEqualTo(Outcome.MALFORMED);
    assertThat(reassembly.fragment(1, 3, 2, message, 0, 999)).isEqualTo(Outcome.MALFORMED);
    assertThat(reassembly.fragment(1, 3, 3, message, 0, 1_001)).isEqualTo(Outcome.MALFORMED);
    assertThat(put(1, message, 1_000, 2)).isEqualTo(Outcome.KEPT);
    assertThat(put(1, message, 1_000, 3)).isEqualTo(Outcome.COMPLETE);
    assertThat(result()).isEqualTo(message);
  }

  @Test
  void whatWouldBeTooLongIsRefused() {
    byte[] big = new byte[65_536];
    assertThat(reassembly.fragment(1, 2, 2, big, 0, 65_536)).isEqualTo(Outcome.KEPT);
    assertThat(reassembly.fragment(1, 2, 1, big, 0, 65_536)).isEqualTo(Outcome.MALFORMED);
    assertThat(reassembly.fragment(1, 2, 1, big, 0, 100)).isEqualTo(Outcome.MALFORMED);
    assertThat(reassembly.fragment(2, 255, 1, big, 0, 259)).isEqualTo(Outcome.MALFORMED);
    assertThat(reassembly.fragment(3, 2, 1, big, 0, 65_000)).isEqualTo(Outcome.KEPT);
    assertThat(reassembly.fragment(3, 2, 2, big, 0, 537)).isEqualTo(Outcome.MALFORMED);
    assertThat(reassembly.fragment(3, 2, 2, big, 0, 536)).isEqualTo(Outcome.COMPLETE);
  }

  /** Nothing random makes it throw or hold more than its buffers. */
  @Test
  void anythingGoes() {
    byte[] bytes = message(70_000);
    for (int i = 0; i < 300_000; i++) {
      int length = random.nextInt(10) == 0 ? random.nextInt(65_537) : random.nextInt(40);
      int fragments = random.nextInt(10) == 0 ? 2 + random.nextInt(254) : 2 + random.nextInt(3);
      reassembly.fragment(
          1 + random.nextInt(40),
          fragments,
          random.nextInt(256),
          bytes,
          random.nextInt(99),
          length);
      assertThat(reassembly.waiting()).isLessThanOrEqualTo(32);
    }
  }
}
