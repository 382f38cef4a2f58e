package org.ringward.ring.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the queue gives to the system, and what it does when the system does not take it. */
final class SendQueueTest {
  private static final String[] ADDRESSES = {"127.0.0.95", "127.0.0.96", "127.0.0.97"};

  /** A system that notes what it is given and answers as planned, else that it took all. */
  private static final class Wire implements SendQueue.Sender {
    /** "node:size of segments:bytes", the size 0 for a single datagram. */
    private final List<String> messages = new ArrayList<>();

    private final Deque<Integer> answers = new ArrayDeque<>();
    private int calls;

    @Override
    public int send(long address, int count) {
      calls++;
      int answer = answers.isEmpty() ? count : Math.min(count, answers.poll());
      for (int at = 0; at < answer; at++) {
        messages.add(message(bytes(address + (long) at * Linux.MESSAGE_BYTES, 64)));
      }
      return answer;
    }

    private static String message(ByteBuffer header) {
      ByteBuffer name = bytes(header.getLong(Linux.MESSAGE_NAME), 16);
      StringBuilder text = new StringBuilder();
      text.append(name.get(Linux.ADDRESS_V4 + 3) - 94).append(':');
      long control = header.getLong(Linux.MESSAGE_CONTROL);
      text.append(control == 0 ? 0 : bytes(control, 18).getShort(Linux.CONTROL_DATA)).append(':');
      long part = header.getLong(Linux.MESSAGE_PARTS);
      for (int at = 0; at < header.getLong(Linux.MESSAGE_PARTS_COUNT); at++) {
        ByteBuffer place = bytes(part + (long) at * Linux.PART_BYTES, 16);
        ByteBuffer sent =
            bytes(place.getLong(Linux.PART_ADDRESS), (int) place.getLong(Linux.PART_LENGTH));
        while (sent.hasRemaining()) {
          text.append((char) sent.get());
        }
      }
      return text.toString();
    }

    @SuppressWarnings("restricted") // The pom allows native access.
    private static ByteBuffer bytes(long address, int length) {
      return MemorySegment.ofAddress(address)
          .reinterpret(length)
          .asByteBuffer()
          .order(ByteOrder.nativeOrder());
    }
  }

  private final Wire wire = new Wire();
  private final SocketCounts counts = new SocketCounts();
  private final UdpLink knet;
  private final UdpLink udpu;

  SendQueueTest() throws IOException {
    int port = Settings.freePort(ADDRESSES);
    knet = Settings.link(Settings.of(1, "knet", port, ADDRESSES));
    udpu = Settings.link(Settings.of(1, "udpu", Settings.freePort(ADDRESSES), ADDRESSES));
  }

  @AfterEach
  void close() {
    knet.close();
    udpu.close();
  }

  private SendQueue queue(UdpLink link) {
    return new SendQueue(link, wire, new ErrorQueue(counts), counts);
  }

  private static void add(SendQueue queue, int node, String datagram) {
    byte[] bytes = datagram.getBytes(StandardCharsets.US_ASCII);
    queue.add(node, bytes, 0, Math.max(1, bytes.length), bytes.length);
  }

  @Test
  void nodesComeInTheOrderOfTheirLastDatagramAndEachKeepsItsOwn() {
    SendQueue queue = queue(udpu);
    add(queue, 2, "one");
    add(queue, 3, "two");
    add(queue, 2, "three");
    add(queue, 3, "four");
    add(queue, 2, "token");
    assertThat(wire.calls).isZero();
    queue.flush();
    assertThat(wire.messages)
        .containsExactly("3:0:two", "3:0:four", "2:0:one", "2:0:three", "2:0:token");
    assertThat(wire.calls).isEqualTo(1);
    assertThat(counts.sent).hasValue(5);
    queue.flush();
    assertThat(wire.calls).isEqualTo(1);
  }

  @Test
  void whatIsMuchForEachTargetDoesNotWait() {
    SendQueue queue = queue(knet);
    byte[] bytes = new byte[1000];
    for (int count = 0; count < 59; count++) {
      queue.add(2, bytes, 0, 1000, 1000);
      queue.add(3, bytes, 0, 1000, 1000);
    }
    assertThat(wire.calls).isZero();
    queue.add(2, bytes, 0, 1000, 1000);
    assertThat(wire.calls).isZero();
    queue.add(3, bytes, 0, 1000, 1000);
    assertThat(wire.calls).isEqualTo(1);
    assertThat(counts.sent).hasValue(120);
  }

  @Test
  void equalSizesGoTogetherAndAShorterOneEndsTheMessage() {
    SendQueue queue = queue(knet);
    add(queue, 2, "aaaa");
    add(queue, 2, "bbbb");
    add(queue, 2, "cc");
    add(queue, 2, "dd");
    add(queue, 2, "eeee");
    add(queue, 2, "");
    add(queue, 2, "f");
    queue.flush();
    assertThat(wire.messages)
        .containsExactly("2:4:aaaabbbbcc", "2:0:dd", "2:0:eeee", "2:0:", "2:0:f");
    assertThat(counts.sent).hasValue(7);
  }

  @Test
  void segmentsOfOneSendStayTogetherUpToWhatTheSystemTakes() {
    SendQueue queue = queue(knet);
    byte[] bytes = new byte[1_000 * 150 + 10];
    Arrays.fill(bytes, (byte) 'x');
    queue.add(2, bytes, 0, 1_000, bytes.length);
    queue.flush();
    assertThat(wire.messages.stream().map(each -> each.substring(0, 7)))
        .containsExactly("2:1000:", "2:1000:", "2:1000:");
    assertThat(wire.messages.stream().mapToInt(each -> each.length() - 7))
        .containsExactly(64_000, 64_000, 22_010);
    assertThat(counts.sent).hasValue(151);
  }

  @Test
  void aLinkOnWhichTheSystemCutsHasNoSegments() {
    SendQueue queue = queue(udpu);
    queue.add(2, "aabbc".getBytes(StandardCharsets.US_ASCII), 0, 2, 5);
    queue.flush();
    assertThat(wire.messages).containsExactly("2:0:aa", "2:0:bb", "2:0:c");
  }

  @Test
  void afterEioSegmentsGoOneByOneForGood() {
    SendQueue queue = queue(knet);
    add(queue, 2, "aaaa");
    add(queue, 2, "bb");
    wire.answers.add(-Linux.EIO);
    queue.flush();
    assertThat(wire.messages).containsExactly("2:0:aaaa", "2:0:bb");
    add(queue, 2, "cccc");
    add(queue, 2, "dddd");
    queue.flush();
    assertThat(wire.messages).endsWith("2:0:cccc", "2:0:dddd");
    assertThat(counts.sent).hasValue(4);
    assertThat(counts.sendFailures).hasValue(0);
  }

  @Test
  void segmentsThatAreTooLongTogetherAreTriedOneByOneThisTimeOnly() {
    SendQueue queue = queue(knet);
    add(queue, 2, "aaaa");
    add(queue, 2, "bb");
    wire.answers.addAll(List.of(-Linux.EINVAL, -Linux.EINVAL, 1));
    queue.flush();
    assertThat(wire.messages).containsExactly("2:0:bb");
    assertThat(counts.sendFailures).hasValue(1);
    add(queue, 2, "cccc");
    add(queue, 2, "dddd");
    queue.flush();
    assertThat(wire.messages).endsWith("2:4:ccccdddd");
  }

  @Test
  void anErrorOfEarlierDatagramsCostsNone() {
    SendQueue queue = queue(udpu);
    add(queue, 2, "a");
    add(queue, 3, "b");
    wire.answers.addAll(List.of(1, -Linux.ECONNREFUSED, -Linux.EINTR, 1));
    queue.flush();
    assertThat(wire.messages).containsExactly("2:0:a", "3:0:b");
    assertThat(counts.sendFailures).hasValue(0);
  }

  @Test
  void aDatagramThatIsRefusedAgainAndAgainIsGivenUpAndTheNextGoes() {
    SendQueue queue = queue(udpu);
    add(queue, 2, "a");
    add(queue, 3, "b");
    wire.answers.addAll(List.of(-Linux.EPERM, -Linux.EPERM, -Linux.EPERM));
    queue.flush();
    assertThat(wire.messages).containsExactly("3:0:b");
    assertThat(counts.sendFailures).hasValue(1);
  }

  @Test
  void aFullSocketLosesWhatIsLeft() {
    SendQueue queue = queue(udpu);
    add(queue, 2, "a");
    add(queue, 2, "b");
    add(queue, 2, "c");
    wire.answers.addAll(List.of(1, -Linux.EAGAIN));
    queue.flush();
    assertThat(wire.messages).containsExactly("2:0:a");
    assertThat(counts.sendFailures).hasValue(2);
  }

  @Test
  void moreThanThereIsRoomForGoesEarlier() {
    SendQueue queue = queue(udpu);
    byte[] bytes = new byte[60_000];
    for (int count = 0; count < 10; count++) {
      queue.add(2, bytes, 0, bytes.length, bytes.length);
    }
    assertThat(wire.messages).isNotEmpty();
    queue.flush();
    assertThat(wire.messages).hasSize(10);
    for (int count = 0; count < 1_000; count++) {
      add(queue, 3, "s");
    }
    queue.flush();
    assertThat(wire.messages).hasSize(1_010);
    assertThat(counts.sent).hasValue(1_010);
  }

  @Test
  void whoHasNoAddressAndWhatNoDatagramCanBeAreCountedAsFailures() {
    SendQueue queue = queue(udpu);
    add(queue, 9, "a");
    add(queue, 0, "b");
    queue.add(2, new byte[70_000], 0, 70_000, 70_000);
    queue.flush();
    assertThat(wire.messages).isEmpty();
    assertThat(counts.sendFailures).hasValue(3);
  }
}
