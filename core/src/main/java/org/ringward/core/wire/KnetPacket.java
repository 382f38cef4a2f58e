package org.ringward.core.wire;

import java.util.Arrays;

/**
 * The packets of kronosnet, wire version 1 (reference/knet-wire.md, section 2), as they are inside
 * of encryption. All begin with version u8, type u8, sender's node id u16 and two zero bytes;
 * numbers are in network byte order.
 *
 * <pre>
 *  DATA   6 sequence u16   8 compression u8   9 zero   10 broadcast u8   11 fragments u8
 *        12 fragment u8 (1..n, 0 when whole)  13 channel u8   14 payload
 *  PING, PONG   6 link u8   7 time, 16 opaque bytes   23 sequence u16   25 timed u8
 *  PMTUD, PMTUD_REPLY   6 link u8   7 size u16 in the asker's byte order   9 zeros (PMTUD only)
 * </pre>
 */
public final class KnetPacket {
  public static final int VERSION = 1;

  public static final int DATA = 0x00;
  public static final int PING = 0x81;
  public static final int PONG = 0x82;
  public static final int PMTUD = 0x83;
  public static final int PMTUD_REPLY = 0x84;

  /** The shortest packet that is one. */
  public static final int LENGTH_MIN = 7;

  public static final int DATA_HEADER = 14;
  public static final int PING_LENGTH = 26;
  public static final int PMTUD_LENGTH = 9;

  /** Sequence numbers go from 1 to this and begin again at 1. */
  public static final int SEQUENCE_MAX = 65_535;

  /** Most fragments of a message. */
  public static final int FRAGMENTS_MAX = 255;

  /** The longest message. */
  public static final int MESSAGE_MAX = 65_536;

  /** The highest node id that fits. */
  public static final int NODE_MAX = 65_535;

  private KnetPacket() {}

  public static int version(byte[] packet, int offset) {
    return Bytes.uint8(packet, offset);
  }

  public static int type(byte[] packet, int offset) {
    return Bytes.uint8(packet, offset + 1);
  }

  /** The node that sent the packet. */
  public static int node(byte[] packet, int offset) {
    return Bytes.uint16(packet, offset + 2, true);
  }

  /** DATA: never 0; all fragments of a message have the same. */
  public static int sequence(byte[] packet, int offset) {
    return Bytes.uint16(packet, offset + 6, true);
  }

  /** DATA: 0 for none. */
  public static int compression(byte[] packet, int offset) {
    return Bytes.uint8(packet, offset + 8);
  }

  /** DATA: how many fragments the message has, 1 when it is whole. */
  public static int fragments(byte[] packet, int offset) {
    return Bytes.uint8(packet, offset + 11);
  }

  /** DATA: which fragment this is, from 1 on; 0 when the message is whole. */
  public static int fragment(byte[] packet, int offset) {
    return Bytes.uint8(packet, offset + 12);
  }

  /** DATA: 0 for Totem. */
  public static int channel(byte[] packet, int offset) {
    return Bytes.uint8(packet, offset + 13);
  }

  /** PING, PONG, PMTUD, PMTUD_REPLY: the link's number. */
  public static int link(byte[] packet, int offset) {
    return Bytes.uint8(packet, offset + 6);
  }

  /** PING, PONG: first half of what the author of the PING wants back, as we write it. */
  public static long pingTime(byte[] packet, int offset) {
    return Bytes.int64(packet, offset + 7, false);
  }

  /** PING, PONG: second half of what the author of the PING wants back, as we write it. */
  public static long pingCookie(byte[] packet, int offset) {
    return Bytes.int64(packet, offset + 15, false);
  }

  /** PING, PONG: the author's DATA sequence, 0 before any data. */
  public static int pingSequence(byte[] packet, int offset) {
    return Bytes.uint16(packet, offset + 23, true);
  }

  /** PING, PONG: whether it is one of the regular ones. */
  public static boolean pingTimed(byte[] packet, int offset) {
    return packet[offset + 25] != 0;
  }

  /** PMTUD_REPLY to our own PMTUD: bytes of the IP packet that came through. */
  public static int mtu(byte[] packet, int offset) {
    return Bytes.uint16(packet, offset + 7, false);
  }

  private static void writeHeader(byte[] packet, int offset, int type, int node) {
    Bytes.put8(packet, offset, VERSION);
    Bytes.put8(packet, offset + 1, type);
    Bytes.put16BigEndian(packet, offset + 2, node);
    Bytes.put16(packet, offset + 4, 0);
  }

  /**
   * Writes the header of a message or a fragment for channel 0, uncompressed.
   *
   * @param fragment 0 when the message is whole
   */
  public static void writeDataHeader(
      byte[] packet,
      int offset,
      int node,
      int sequence,
      boolean broadcast,
      int fragments,
      int fragment) {
    writeHeader(packet, offset, DATA, node);
    Bytes.put16BigEndian(packet, offset + 6, sequence);
    Bytes.put16(packet, offset + 8, 0);
    Bytes.put8(packet, offset + 10, broadcast ? 1 : 0);
    Bytes.put8(packet, offset + 11, fragments);
    Bytes.put8(packet, offset + 12, fragment);
    Bytes.put8(packet, offset + 13, 0);
  }

  /** Writes a PING, {@link #PING_LENGTH} bytes. */
  public static void writePing(
      byte[] packet,
      int offset,
      int node,
      int link,
      long time,
      long cookie,
      int sequence,
      boolean timed) {
    writeHeader(packet, offset, PING, node);
    Bytes.put8(packet, offset + 6, link);
    Bytes.put64(packet, offset + 7, time);
    Bytes.put64(packet, offset + 15, cookie);
    Bytes.put16BigEndian(packet, offset + 23, sequence);
    Bytes.put8(packet, offset + 25, timed ? 1 : 0);
  }

  /** Writes the PONG to a PING, {@link #PING_LENGTH} bytes. */
  public static void writePong(byte[] packet, int offset, int node, byte[] ping, int pingOffset) {
    writeHeader(packet, offset, PONG, node);
    System.arraycopy(ping, pingOffset + 6, packet, offset + 6, PING_LENGTH - 6);
  }

  /**
   * Writes a question whether an IP packet of that size comes through.
   *
   * @param length bytes of the packet, at least {@link #PMTUD_LENGTH}
   */
  public static void writePmtud(
      byte[] packet, int offset, int length, int node, int link, int size) {
    writeHeader(packet, offset, PMTUD, node);
    Bytes.put8(packet, offset + 6, link);
    Bytes.put16(packet, offset + 7, size);
    Arrays.fill(packet, offset + PMTUD_LENGTH, offset + length, (byte) 0);
  }

  /** Writes the answer to a PMTUD, {@link #PMTUD_LENGTH} bytes. */
  public static void writePmtudReply(
      byte[] packet, int offset, int node, byte[] question, int questionOffset) {
    writeHeader(packet, offset, PMTUD_REPLY, node);
    System.arraycopy(question, questionOffset + 6, packet, offset + 6, PMTUD_LENGTH - 6);
  }
}
