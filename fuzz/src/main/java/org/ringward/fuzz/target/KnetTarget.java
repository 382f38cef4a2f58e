package org.ringward.fuzz.target;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ringward.core.link.KnetTransport;
import org.ringward.core.link.LinkStatus;
import org.ringward.core.port.Frames;
import org.ringward.core.wire.KnetPacket;
import org.ringward.fuzz.engine.Target;
import org.ringward.fuzz.engine.Violation;

/**
 * The links of node 1 to nodes 2 and 3, which have the key. Input: a byte (bit 0: from node 3, bit
 * 1: on link 1, bit 2: the packet's sender stays as it is, bit 3: PINGs are not answered), a byte
 * of time in 100 microseconds, then a packet as it is inside of encryption.
 */
final class KnetTarget implements Target, Frames {
  private static final int LINKS = 2;
  private static final int HEAD = 2;
  private static final long TICK = 100_000;

  private final boolean encrypted;
  private final List<byte[]> seeds;
  private final byte[] key = new byte[128];
  private final Sealer sealer = new Sealer(key);
  private final List<Ping> pings = new ArrayList<>();
  private KnetTransport transport;
  private long now;

  private record Ping(int link, int node, byte[] packet) {}

  KnetTarget(boolean encrypted, Seeds seeds) {
    this.encrypted = encrypted;
    this.seeds = seeds.knetPackets().stream().filter(each -> each.length > 6).toList();
    this.transport = made();
  }

  private KnetTransport made() {
    return new KnetTransport(Settings.knet(1, encrypted, LINKS), key, 7, this);
  }

  @Override
  public String name() {
    return encrypted ? "knet-encrypted" : "knet-clear";
  }

  @Override
  public List<String> subjects() {
    return List.of("org.ringward.core.link.", "org.ringward.core.wire.KnetPacket");
  }

  /** The recorded packets are those of nodes 1 to 3; here all come from node 2. */
  @Override
  public List<byte[]> seeds() {
    return seeds.stream()
        .map(packet -> {
          byte[] seed = new byte[HEAD + packet.length];
          System.arraycopy(packet, 0, seed, HEAD, packet.length);
          return seed;
        })
        .toList();
  }

  @Override
  public int weight() {
    return 40;
  }

  @Override
  public int episode() {
    return 3_000;
  }

  @Override
  public int lengthMax() {
    return 4_096;
  }

  @Override
  public void begin() {
    now = 1_000_000_000;
    pings.clear();
    transport = made();
    transport.start(now);
    bringUp();
  }

  private void bringUp() {
    for (int i = 0; i < 2_000 && !allUp(); i++) {
      now += TICK * 50;
      transport.expire(now);
      answer();
    }
    Violation.unless(allUp(), "links to nodes that answer stay down");
  }

  private boolean allUp() {
    return transport.links().stream().allMatch(LinkStatus::connected);
  }

  private void answer() {
    List<Ping> asked = List.copyOf(pings);
    pings.clear();
    for (Ping each : asked) {
      byte[] pong = new byte[KnetPacket.PING_LENGTH];
      byte[] ping = each.packet();
      KnetPacket.writePong(pong, 0, each.node(), ping, 0);
      receive(each.link(), each.node(), pong);
    }
  }

  private boolean receive(int link, int node, byte[] packet) {
    byte[] datagram = encrypted ? sealer.seal(packet) : packet;
    return transport.received(link, node, datagram, 0, datagram.length, now);
  }

  @Override
  public int input(byte[] input) {
    if (input.length < HEAD) {
      return 0;
    }
    int node = (input[0] & 1) == 0 ? 2 : 3;
    byte[] packet = Arrays.copyOfRange(input, HEAD, input.length);
    if ((input[0] & 4) == 0 && packet.length >= 4) {
      packet[0] = KnetPacket.VERSION;
      packet[2] = 0;
      packet[3] = (byte) node;
    }
    now += TICK * (input[1] & 0xFF);
    if (receive((input[0] >> 1) & 1, node, packet)) {
      checkFrame();
    }
    transport.expire(now);
    if ((input[0] & 8) == 0) {
      answer();
    }
    pings.clear();
    return 1;
  }

  private void checkFrame() {
    Violation.unless(
        transport.frameOffset() >= 0
            && transport.frameLength() > 0
            && transport.frameLength() <= KnetPacket.MESSAGE_MAX
            && transport.frameOffset() + transport.frameLength() <= transport.frame().length,
        "a frame outside of its array");
  }

  /** Whatever has come, honest nodes are heard again. */
  @Override
  public void end() {
    bringUp();
    int heard = 0;
    for (int number = 40_000; number < 40_010; number++) {
      byte[] packet = new byte[KnetPacket.DATA_HEADER + 100];
      KnetPacket.writeDataHeader(packet, 0, 3, number, true, 1, 0);
      heard += receive(0, 3, packet) ? 1 : 0;
    }
    Violation.unless(heard >= 5 || isInWindow(), "an honest node is not heard");
  }

  /** A hostile node 3 may have used these numbers before: then the next lap is heard. */
  private boolean isInWindow() {
    int heard = 0;
    for (int number = 50_000; number < 50_010; number++) {
      byte[] packet = new byte[KnetPacket.DATA_HEADER + 100];
      KnetPacket.writeDataHeader(packet, 0, 3, number, true, 1, 0);
      heard += receive(0, 3, packet) ? 1 : 0;
    }
    return heard >= 5;
  }

  @Override
  public void send(int link, int toNode, byte[] datagram, int offset, int length) {
    byte[] packet =
        encrypted
            ? sealer.open(datagram, offset, length)
            : Arrays.copyOfRange(datagram, offset, offset + length);
    if (KnetPacket.type(packet, 0) == KnetPacket.PING) {
      pings.add(new Ping(link, toNode, packet));
    }
  }
}
