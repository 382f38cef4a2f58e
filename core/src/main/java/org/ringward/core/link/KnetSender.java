package org.ringward.core.link;

import org.ringward.core.config.LinkSettings.Mode;
import org.ringward.core.port.Frames;
import org.ringward.core.wire.Bytes;
import org.ringward.core.wire.FrameHeader;
import org.ringward.core.wire.KnetPacket;

/**
 * Makes packets and sends them: numbers, cuts into fragments, seals. A message to several nodes is
 * sealed once. Nothing is allocated once the buffers are there.
 */
final class KnetSender {
  private static final int ROOM = PacketCrypto.HEADROOM;

  /** Where a frame's target node is. */
  private static final int TARGET = 9;

  private final int self;
  private final KeySlots keys;
  private final Frames frames;
  private final long cookie;
  private final byte[] packet =
      new byte[ROOM + KnetPacket.DATA_HEADER + KnetPacket.MESSAGE_MAX + PacketCrypto.TAILROOM];
  private byte[] sealed = new byte[2 * KnetPacket.MESSAGE_MAX];
  private int sequence;
  private int sealedLength;
  private int segment;
  private int segments;

  KnetSender(int self, KeySlots keys, Frames frames, long cookie) {
    this.self = self;
    this.keys = keys;
    this.frames = frames;
    this.cookie = cookie;
  }

  /** What only our own PINGs carry. */
  long cookie() {
    return cookie;
  }

  /** Payload of the largest DATA packet that fits into a datagram. */
  int payloadMax(int datagramMax) {
    return keys.inUse().plainMax(datagramMax) - KnetPacket.DATA_HEADER;
  }

  /**
   * Makes the packets of a frame with the next number; {@link #send} brings them out.
   *
   * @param target the only node that takes it, 0 for all
   * @param payloadMax bytes of the frame in each packet
   * @return whether it is time to tell everyone how far the numbers are
   */
  boolean prepare(byte[] frame, int length, int target, int payloadMax) {
    sequence = sequence == KnetPacket.SEQUENCE_MAX ? 1 : sequence + 1;
    int count = Math.max(1, (length + payloadMax - 1) / payloadMax);
    int most = count * (payloadMax + KnetPacket.DATA_HEADER + PacketCrypto.OVERHEAD_MAX);
    if (sealed.length < most) {
      sealed = new byte[most];
    }
    sealedLength = 0;
    segments = count;
    for (int i = 0; i < count; i++) {
      int at = i * payloadMax;
      int part = Math.min(payloadMax, length - at);
      KnetPacket.writeDataHeader(
          packet, ROOM, self, sequence, target == 0, count, count == 1 ? 0 : i + 1);
      System.arraycopy(frame, at, packet, ROOM + KnetPacket.DATA_HEADER, part);
      if (i == 0 && part >= FrameHeader.LENGTH) {
        writeTarget(ROOM + KnetPacket.DATA_HEADER, target);
      }
      int bytes = keys.inUse().seal(packet, KnetPacket.DATA_HEADER + part, sealed, sealedLength);
      segment = i == 0 ? bytes : segment;
      sealedLength += bytes;
    }
    return sequence % (KnetPacket.SEQUENCE_MAX / 8) == 0;
  }

  private void writeTarget(int frameAt, int target) {
    boolean big = FrameHeader.bigEndian(packet, frameAt);
    Bytes.put32(packet, frameAt + TARGET, big ? Integer.reverseBytes(target) : target);
  }

  /** Sends what was prepared over the links that carry data. */
  void send(Peer peer, Mode mode) {
    if (mode == Mode.RR && peer.carrierCount() > 1) {
      for (int at = 0; at < sealedLength; at += segment) {
        PeerLink link = peer.nextCarrier();
        int length = Math.min(segment, sealedLength - at);
        frames.send(link.number(), peer.node(), sealed, at, length);
        link.sent(1, length);
      }
      return;
    }
    for (int i = 0; i < peer.carrierCount(); i++) {
      PeerLink link = peer.carrier(i);
      if (segments == 1) {
        frames.send(link.number(), peer.node(), sealed, 0, sealedLength);
      } else {
        frames.sendSegments(link.number(), peer.node(), sealed, 0, segment, sealedLength);
      }
      link.sent(segments, sealedLength);
    }
  }

  /** What was sent leaves now. */
  void flush() {
    frames.flush();
  }

  void ping(PeerLink link, boolean timed, long now) {
    KnetPacket.writePing(packet, ROOM, self, link.number(), now, cookie, sequence, timed);
    sendControl(link.number(), link.peer().node(), KnetPacket.PING_LENGTH);
  }

  void pong(int link, int node, byte[] ping, int offset) {
    KnetPacket.writePong(packet, ROOM, self, ping, offset);
    sendControl(link, node, KnetPacket.PING_LENGTH);
  }

  /** Asks whether an IP packet of that size comes through; cipher blocks may make it a bit less. */
  void askMtu(PeerLink link, int size) {
    int length = keys.inUse().plainMax(size - link.networkOverhead());
    if (length >= KnetPacket.PMTUD_LENGTH) {
      KnetPacket.writePmtud(packet, ROOM, length, self, link.number(), size);
      sendControl(link.number(), link.peer().node(), length);
    }
  }

  void mtuReply(int link, int node, byte[] question, int offset) {
    KnetPacket.writePmtudReply(packet, ROOM, self, question, offset);
    sendControl(link, node, KnetPacket.PMTUD_LENGTH);
  }

  private void sendControl(int link, int node, int length) {
    int bytes = keys.inUse().seal(packet, length, sealed, 0);
    frames.send(link, node, sealed, 0, bytes);
  }
}
