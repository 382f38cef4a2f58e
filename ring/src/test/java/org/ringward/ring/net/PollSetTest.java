package org.ringward.ring.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ringward.ring.loop.Datagram;
import org.ringward.ring.loop.Descriptors;
import org.ringward.ring.os.NativeMemory;
import org.ringward.ring.os.SocketCalls;

/** Descriptors of others beside the loop's own sockets. */
final class PollSetTest {
  private static final int AF_UNIX = 1;
  private static final int SOCK_STREAM = 1;

  private final SocketCalls calls = new SocketCalls();
  private final NativeMemory memory = new NativeMemory(64);
  private final List<Integer> open = new ArrayList<>();
  private final List<String> told = new ArrayList<>();

  private int[] pair() {
    int type = SOCK_STREAM | Linux.SOCK_NONBLOCK | Linux.SOCK_CLOEXEC;
    assertThat(calls.socketPair(AF_UNIX, type, 0, memory.address(0))).isZero();
    int[] pair = {memory.bytes().getInt(0), memory.bytes().getInt(4)};
    open.add(pair[0]);
    open.add(pair[1]);
    return pair;
  }

  private void close(int descriptor) {
    assertThat(calls.close(descriptor)).isZero();
    open.remove((Integer) descriptor);
  }

  private void say(int descriptor) {
    assertThat(calls.send(descriptor, memory.address(8), 3, Linux.MSG_NOSIGNAL)).isEqualTo(3);
  }

  private void hear(int descriptor) {
    assertThat(calls.read(descriptor, memory.address(8), 10)).isEqualTo(3);
  }

  private Descriptors.Ready teller(String name) {
    return (readable, writable) ->
        told.add(name + (readable ? " readable" : "") + (writable ? " writable" : ""));
  }

  private List<String> round(PollSet polls) {
    told.clear();
    if (polls.poll(0) > 0) {
      polls.tell();
    }
    return told;
  }

  @AfterEach
  void close() {
    List.copyOf(open).forEach(this::close);
  }

  @Test
  void eachIsToldWhatItWaitsForAsLongAsItIsSo() {
    PollSet polls = new PollSet();
    int[] one = pair();
    int[] two = pair();
    polls.watch(one[0], Descriptors.READABLE, teller("one"));
    polls.watch(two[0], (short) (Descriptors.READABLE | Descriptors.WRITABLE), teller("two"));
    assertThat(round(polls)).containsExactly("two writable");
    polls.watch(two[0], Descriptors.READABLE, teller("two"));
    assertThat(round(polls)).isEmpty();
    say(one[1]);
    say(two[1]);
    assertThat(round(polls)).containsExactly("one readable", "two readable");
    hear(two[0]);
    assertThat(round(polls)).containsExactly("one readable");
    polls.unwatch(one[0]);
    assertThat(round(polls)).isEmpty();
    close(two[1]);
    assertThat(round(polls)).containsExactly("two readable writable");
  }

  @Test
  void whoIsToldMayRemoveHimselfAndOthersAndAddMore() {
    PollSet polls = new PollSet();
    int[] one = pair();
    int[] two = pair();
    int[] three = pair();
    polls.watch(
        one[0],
        Descriptors.READABLE,
        (_, _) -> {
          told.add("one");
          polls.unwatch(one[0]);
          polls.unwatch(two[0]);
          polls.watch(three[0], Descriptors.READABLE, teller("three"));
        });
    polls.watch(two[0], Descriptors.READABLE, teller("two"));
    say(one[1]);
    say(two[1]);
    say(three[1]);
    assertThat(round(polls)).containsExactly("one");
    assertThat(round(polls)).containsExactly("three readable");
  }

  @Test
  void manyStayWhenTheLoopsOwnChange() {
    PollSet polls = new PollSet();
    int[] own = pair();
    polls.own(own[0]);
    for (int count = 0; count < 40; count++) {
      int[] pair = pair();
      polls.watch(pair[0], Descriptors.READABLE, teller(String.valueOf(count)));
      if (count % 2 == 1) {
        say(pair[1]);
      }
    }
    assertThat(round(polls)).hasSize(20).contains("1 readable", "39 readable");
    int[] other = pair();
    polls.own(other[0], own[0]);
    say(own[1]);
    assertThat(round(polls)).hasSize(20).contains("1 readable", "39 readable");
    assertThat(polls.found(0)).isZero();
    assertThat(polls.found(1)).isEqualTo(Linux.POLLIN);
    polls.own(own[0]);
    assertThat(round(polls)).hasSize(20).contains("1 readable", "39 readable");
  }

  @Test
  void theLoopsSleepEndsForThem() throws Exception {
    String address = "127.0.0.102";
    int port = Settings.freePort(address);
    try (UdpFrames frames = UdpFrames.open(Settings.of(1, "udpu", port, address, "127.0.0.103"))) {
      int[] pair = pair();
      frames.descriptors().watch(pair[0], Descriptors.READABLE, teller("one"));
      Thread speaker =
          Thread.startVirtualThread(() -> {
            new SocketCalls().write(pair[1], memory.address(8), 3);
          });
      assertThat(frames.takeAside(new Datagram())).isFalse();
      long before = System.nanoTime();
      // A connection to the other node that is refused ends a sleep, too.
      while (told.isEmpty() && System.nanoTime() - before < 30_000_000_000L) {
        frames.await(60_000_000_000L);
      }
      assertThat(System.nanoTime() - before).isLessThan(30_000_000_000L);
      assertThat(told).contains("one readable");
      speaker.join();
    }
  }
}
