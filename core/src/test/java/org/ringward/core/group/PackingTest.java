package org.ringward.core.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.ringward.core.wire.PackedPayload;

/** What is packed comes out of reassembly again, also over new rings and after lost packets. */
final class PackingTest {
  private static final int CAPACITY = 1_322;
  private static final int AUTHOR = 1;

  private final byte[] frame = new byte[2_000];
  private final PackedPayload packet = new PackedPayload();
  private final OutgoingQueue queue = new OutgoingQueue(CAPACITY, 100_000_000);
  private final List<byte[]> received = new ArrayList<>();

  private boolean transfer(Assembly assembly) {
    int length = queue.fill(frame, 7, CAPACITY);
    if (length == 0) {
      return false;
    }
    assertThat(length).isLessThanOrEqualTo(CAPACITY);
    assertThat(packet.read(frame, 7, length, false)).isTrue();
    assembly.packet(
        packet,
        frame,
        AUTHOR,
        false,
        (_, bytes, offset, size, _) -> {
          if (size > 2) { // not the blocks that bring a receiver into step
            received.add(Arrays.copyOfRange(bytes, offset, offset + size));
          }
        });
    return true;
  }

  private static byte[] message(SplittableRandom random, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  @Test
  void messagesOfAllSizesComeOutAsTheyWentIn() {
    SplittableRandom random = new SplittableRandom(1);
    Assembly assembly = new Assembly();
    List<byte[]> sent = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      int bound = i % 50 == 0 ? 70_000 : i % 7 == 0 ? 3_000 : 200;
      byte[] bytes = message(random, 3 + random.nextInt(bound));
      sent.add(bytes);
      queue.add(bytes, bytes.length);
      if (random.nextInt(3) == 0) {
        transfer(assembly);
      }
    }
    while (transfer(assembly)) {}
    assertThat(received).usingElementComparator(Arrays::compare).isEqualTo(sent);
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.backlog()).isZero();
  }

  @Test
  void aMessageCutByANewRingArrivesOnceAtOldMembersAndAtNewOnes() {
    SplittableRandom random = new SplittableRandom(2);
    byte[] first = message(random, 5_000);
    byte[] second = message(random, 20);
    Assembly old = new Assembly();
    queue.add(first, first.length);
    queue.add(second, second.length);
    transfer(old);
    transfer(old);
    queue.restart();
    Assembly joiner = new Assembly();
    List<byte[]> atJoiner = new ArrayList<>();
    int length;
    while ((length = queue.fill(frame, 0, CAPACITY)) > 0) {
      assertThat(packet.read(frame, 0, length, false)).isTrue();
      old.packet(packet, frame, AUTHOR, false, (_, b, o, s, _) -> keep(received, b, o, s));
      joiner.packet(packet, frame, AUTHOR, false, (_, b, o, s, _) -> keep(atJoiner, b, o, s));
    }
    assertThat(received).usingElementComparator(Arrays::compare).containsExactly(first, second);
    assertThat(atJoiner).usingElementComparator(Arrays::compare).containsExactly(first, second);
  }

  private static void keep(List<byte[]> list, byte[] bytes, int offset, int size) {
    if (size > 2) {
      list.add(Arrays.copyOfRange(bytes, offset, offset + size));
    }
  }

  @Test
  void afterALostPacketReassemblyFallsIntoStepAgain() {
    SplittableRandom random = new SplittableRandom(3);
    Assembly assembly = new Assembly();
    queue.add(message(random, 4_000), 4_000);
    transfer(assembly);
    queue.fill(frame, 0, CAPACITY);
    while (transfer(assembly)) {}
    assertThat(received).isEmpty();
    byte[] next = message(random, 10);
    queue.add(next, next.length);
    transfer(assembly);
    assertThat(received).usingElementComparator(Arrays::compare).containsExactly(next);
  }

  @Test
  void aFullQueueRefusesAndAnEmptyOneAlwaysAccepts() {
    OutgoingQueue small = new OutgoingQueue(CAPACITY, 1_000);
    assertThat(small.hasRoom(5_000)).isTrue();
    small.add(new byte[600], 600);
    assertThat(small.hasRoom(600)).isFalse();
    assertThat(small.hasRoom(400)).isTrue();
    small.add(new byte[400], 400);
    assertThat(small.hasRoom(1)).isFalse();
    small.fill(frame, 0, CAPACITY);
    assertThat(small.hasRoom(1_000)).isTrue();
  }
}
