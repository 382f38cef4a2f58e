package org.ringward.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringward.core.config.LinkSettings.Cipher;
import org.ringward.core.config.LinkSettings.Hash;
import org.ringward.core.wire.Capture;
import org.ringward.core.wire.FrameHeader;
import org.ringward.core.wire.FrameKind;
import org.ringward.core.wire.KnetPacket;

/** Recorded rings of real Corosync nodes over kronosnet are understood and can be written again. */
final class KnetCaptureTest {
  private static Forger recorder(String name) {
    return name.equals(Capture.KNET_ENCRYPTED)
        ? new Forger(Capture.key())
        : new Forger(Cipher.NONE, Hash.NONE, new byte[128]);
  }

  /** Every packet authenticates, has a known type and is made again byte by byte. */
  @ParameterizedTest
  @ValueSource(strings = {Capture.KNET_CLEAR, Capture.KNET_ENCRYPTED})
  void everyPacketIsReadAndWrittenTheSame(String name) {
    Forger recorder = recorder(name);
    Map<Integer, Integer> types = new TreeMap<>();
    for (Capture.Datagram datagram : Capture.datagrams(name)) {
      byte[] packet = Objects.requireNonNull(recorder.open(datagram.payload()));
      assertThat(KnetPacket.version(packet, 0)).isEqualTo(KnetPacket.VERSION);
      assertThat(KnetPacket.node(packet, 0)).isEqualTo(datagram.from());
      types.merge(KnetPacket.type(packet, 0), 1, Integer::sum);
      assertThat(rewritten(packet)).isEqualTo(packet);
      assertThat(recorder.seal(packet)).hasSameSizeAs(datagram.payload());
    }
    assertThat(types)
        .containsOnlyKeys(
            KnetPacket.DATA,
            KnetPacket.PING,
            KnetPacket.PONG,
            KnetPacket.PMTUD,
            KnetPacket.PMTUD_REPLY);
  }

  private static byte[] rewritten(byte[] packet) {
    byte[] written = new byte[packet.length];
    int node = KnetPacket.node(packet, 0);
    switch (KnetPacket.type(packet, 0)) {
      case KnetPacket.DATA -> {
        KnetPacket.writeDataHeader(
            written,
            0,
            node,
            KnetPacket.sequence(packet, 0),
            packet[10] != 0,
            KnetPacket.fragments(packet, 0),
            KnetPacket.fragment(packet, 0));
        int header = KnetPacket.DATA_HEADER;
        System.arraycopy(packet, header, written, header, packet.length - header);
      }
      case KnetPacket.PING ->
          KnetPacket.writePing(
              written,
              0,
              node,
              KnetPacket.link(packet, 0),
              KnetPacket.pingTime(packet, 0),
              KnetPacket.pingCookie(packet, 0),
              KnetPacket.pingSequence(packet, 0),
              KnetPacket.pingTimed(packet, 0));
      case KnetPacket.PONG -> KnetPacket.writePong(written, 0, node, packet, 0);
      case KnetPacket.PMTUD ->
          KnetPacket.writePmtud(
              written,
              0,
              packet.length,
              node,
              KnetPacket.link(packet, 0),
              KnetPacket.mtu(packet, 0));
      case KnetPacket.PMTUD_REPLY -> KnetPacket.writePmtudReply(written, 0, node, packet, 0);
      default -> throw new AssertionError("type " + KnetPacket.type(packet, 0));
    }
    return written;
  }

  /**
   * A transport in the place of each node answers what that node answered, and gets whole frames of
   * all kinds, each once.
   */
  @ParameterizedTest
  @ValueSource(strings = {Capture.KNET_CLEAR, Capture.KNET_ENCRYPTED})
  void aTransportInANodesPlaceGetsAllFrames(String name) {
    for (int self = 1; self <= 3; self++) {
      replay(name, self);
    }
  }

  private static void replay(String name, int self) {
    Forger recorder = recorder(name);
    boolean clear = name.equals(Capture.KNET_CLEAR);
    Links links = clear ? Links.clear() : Links.encrypted();
    Links.Node node = links.withKey(Capture.key()).node(self, 3);
    node.transport.start(0);
    Map<FrameKind, Integer> kinds = new EnumMap<>(FrameKind.class);
    Map<Integer, Integer> expected = new TreeMap<>();
    int whole = 0;
    int answers = 0;
    for (Capture.Datagram datagram : Capture.datagrams(name)) {
      byte[] packet = Objects.requireNonNull(recorder.open(datagram.payload()));
      if (datagram.to() != self) {
        continue;
      }
      node.bringUp(datagram.from());
      node.sent.clear();
      byte[] bytes = datagram.payload();
      boolean complete =
          node.transport.received(0, datagram.from(), bytes, 0, bytes.length, node.now);
      int type = KnetPacket.type(packet, 0);
      if (type == KnetPacket.PING || type == KnetPacket.PMTUD) {
        answers++;
        assertThat(node.sent).hasSize(1);
      }
      if (type == KnetPacket.DATA && KnetPacket.fragments(packet, 0) == 1) {
        whole++;
      } else if (type == KnetPacket.DATA) {
        expected.merge(
            KnetPacket.sequence(packet, 0) << 4 | datagram.from(),
            packet.length - KnetPacket.DATA_HEADER,
            Integer::sum);
      }
      if (complete) {
        frame(node.transport, kinds);
      }
    }
    assertThat(answers).isPositive();
    int frames = kinds.values().stream().mapToInt(Integer::intValue).sum();
    assertThat(frames).isEqualTo(whole + expected.size());
    assertThat(kinds.keySet()).contains(FrameKind.MCAST, FrameKind.JOIN, FrameKind.ORF_TOKEN);
    assertThat(node.transport.drops().get(LinkDrop.MALFORMED)).isZero();
    assertThat(node.transport.drops().get(LinkDrop.DUPLICATE)).isZero();
  }

  private static void frame(KnetTransport transport, Map<FrameKind, Integer> kinds) {
    byte[] frame =
        Arrays.copyOfRange(
            transport.frame(),
            transport.frameOffset(),
            transport.frameOffset() + transport.frameLength());
    FrameKind kind = Objects.requireNonNull(FrameKind.of(frame, 0, frame.length));
    boolean unicast = FrameHeader.target(frame, 0, false) != 0;
    assertThat(unicast)
        .isEqualTo(List.of(FrameKind.ORF_TOKEN, FrameKind.COMMIT_TOKEN).contains(kind));
    kinds.merge(kind, 1, Integer::sum);
  }
}
