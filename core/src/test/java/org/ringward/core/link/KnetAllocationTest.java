package org.ringward.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringward.core.base.Allocations;
import org.ringward.core.port.Frames;

/** Sending and receiving, whole and in fragments, allocate nothing once the buffers are there. */
final class KnetAllocationTest {
  private static final int FRAMES = 5_000;

  /** Hands what one sends to the other at once. */
  private static final class Wire implements Frames {
    final int from;
    KnetTransport[] transports = {};
    long now;
    long frames;

    Wire(int from) {
      this.from = from;
    }

    @Override
    public void send(int link, int toNode, byte[] datagram, int offset, int length) {
      if (transports[toNode - 1].received(link, from, datagram, offset, length, now)) {
        frames++;
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nothingIsAllocated(boolean encrypted) {
    Links links = (encrypted ? Links.encrypted() : Links.clear()).knetMtu(1_500);
    Wire[] wires = {new Wire(1), new Wire(2)};
    KnetTransport[] transports = {links.transport(1, 2, wires[0]), links.transport(2, 2, wires[1])};
    for (int i = 0; i < 2; i++) {
      wires[i].transports = transports;
      transports[i].start(0);
    }
    byte[][] frames = {new byte[100], new byte[1_300], new byte[20_000]};
    exchange(wires, transports, frames);
    long least =
        Allocations.least(
            2_000,
            () -> {
              long before = wires[0].frames;
              exchange(wires, transports, frames);
              assertThat(wires[0].frames - before).isEqualTo(2L * FRAMES);
            });
    assertThat(least).isLessThan(2_000);
  }

  /** Time passes too, so that PINGs are among it. */
  private static void exchange(Wire[] wires, KnetTransport[] transports, byte[][] frames) {
    for (int i = 0; i < FRAMES; i++) {
      wires[0].now += Links.MILLI;
      wires[1].now = wires[0].now;
      transports[0].expire(wires[0].now);
      transports[1].expire(wires[1].now);
      byte[] frame = frames[i % frames.length];
      transports[0].broadcast(frame, frame.length);
      transports[0].send(2, frame, frame.length);
      transports[1].broadcast(frame, frame.length);
    }
  }
}
