package org.ringward.core.quorum.witness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringward.core.base.Allocations;
import org.ringward.core.base.NodeSet;
import org.ringward.core.port.Journal.Level;
import org.ringward.core.port.Streams;
import org.ringward.core.quorum.witness.WitnessRules.Algorithm;
import org.ringward.core.wire.WitnessCodec;
import org.ringward.core.wire.WitnessMessage;
import org.ringward.core.wire.WitnessMessage.Relay;
import org.ringward.core.wire.WitnessMessage.Relayed;
import org.ringward.core.wire.WitnessMessage.Welcome;

/** Frames of other nodes over the witness's connection. */
class WitnessRelayTest {
  private static final byte[] FRAME = {1, 2, 3};

  private final List<WitnessMessage> said = new ArrayList<>();
  private final List<byte[]> heard = new ArrayList<>();
  private final WitnessDevice device =
      new WitnessDevice(settings(), 1, false, new Recorder(), new Silent());
  private long connection;
  private long heardAt;

  private static WitnessSettings settings() {
    WitnessRules rules = new WitnessRules(Algorithm.FFSPLIT, WitnessRules.LOWEST, true);
    return new WitnessSettings("alpha", 1, 7, rules, 3000, 2400, 0, NodeSet.of(1, 2));
  }

  private static final class Silent implements WitnessListener {
    @Override
    public void log(Level level, String text) {}
  }

  private final class Recorder implements Streams {
    @Override
    public void open(long number) {
      connection = number;
    }

    @Override
    public void startTls(long number) {}

    @Override
    public void send(long number, byte[] bytes) {
      WitnessMessage message = WitnessCodec.decode(Arrays.copyOfRange(bytes, 2, bytes.length));
      if (message != null) {
        said.add(message);
      }
    }

    @Override
    public void close(long number) {}
  }

  /** Takes what is sent, as the real one does, into an array of its own. */
  private static final class Counter implements Streams {
    private final byte[] room = new byte[WitnessCodec.RELAY_BYTES_MOST];
    private long connection;
    private long bytes;

    @Override
    public void open(long number) {
      connection = number;
    }

    @Override
    public void startTls(long number) {}

    @Override
    public void send(long number, byte[] message) {}

    @Override
    public void send(long number, byte[] message, int offset, int length) {
      System.arraycopy(message, offset, room, 0, length);
      bytes += length;
    }

    @Override
    public void close(long number) {}
  }

  private void hear(WitnessMessage message, long now) {
    byte[] bytes = WitnessCodec.encode(message);
    device.received(connection, bytes, bytes.length, now);
  }

  @Test
  void framesGoThroughTheConnectionWhileThereIsOne() {
    device.relayTo((bytes, offset, length, now) -> {
      heard.add(Arrays.copyOfRange(bytes, offset, offset + length));
      heardAt = now;
    });
    device.start(1);
    device.turn(1, 1);
    device.relay(FRAME, 0, FRAME.length);
    assertThat(said).as("nobody is there to pass it on").isEmpty();
    device.opened(connection, 2);
    device.secured(connection, 2);
    hear(new Welcome(WitnessMessage.VERSION, "place"), 3);
    assertThat(device.trouble()).isNull();
    device.relay(FRAME, 0, FRAME.length);
    assertThat(said.getLast()).isInstanceOf(Relay.class);
    assertThat(((Relay) said.getLast()).to()).as("all").isZero();
    assertThat(((Relay) said.getLast()).frame()).isEqualTo(FRAME);
    hear(new Relayed(2, FRAME), 4);
    assertThat(heard).hasSize(1);
    assertThat(heard.getFirst()).isEqualTo(FRAME);
    assertThat(heardAt).isEqualTo(4);
    device.closed(connection, "the cable is out", 5);
    assertThat(device.trouble()).isEqualTo("the cable is out");
  }

  @Test
  void framesAllocateNothing() {
    Counter counter = new Counter();
    WitnessDevice busy = new WitnessDevice(settings(), 1, false, counter, new Silent());
    long[] heardBytes = new long[1];
    busy.relayTo((_, _, length, _) -> heardBytes[0] += length);
    busy.start(1);
    busy.turn(1, 1);
    busy.opened(counter.connection, 2);
    busy.secured(counter.connection, 2);
    byte[] welcome = WitnessCodec.encode(new Welcome(WitnessMessage.VERSION, "place"));
    busy.received(counter.connection, welcome, welcome.length, 3);
    byte[] frame = new byte[130];
    byte[] one = WitnessCodec.encode(new Relayed(2, frame));
    byte[] many = new byte[15 * one.length];
    for (int at = 0; at < 15; at++) {
      System.arraycopy(one, 0, many, at * one.length, one.length);
    }
    byte[] rest = Arrays.copyOfRange(many, 100, many.length);
    long least =
        Allocations.least(
            1000,
            () -> {
              for (int count = 0; count < 1000; count++) {
                busy.relay(frame, 0, frame.length);
                busy.received(counter.connection, many, many.length, 4);
                // Cut as a stream of bytes may be.
                busy.received(counter.connection, many, 100, 4);
                busy.received(counter.connection, rest, rest.length, 4);
              }
            });
    assertThat(least).isLessThan(1000);
    assertThat(counter.bytes % (frame.length + 9)).isZero();
    assertThat(counter.bytes).isPositive();
    assertThat(heardBytes[0] % frame.length).isZero();
    assertThat(heardBytes[0]).isPositive();
  }
}
