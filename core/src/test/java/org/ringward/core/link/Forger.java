package org.ringward.core.link;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.ringward.core.config.LinkSettings.Cipher;
import org.ringward.core.config.LinkSettings.Hash;
import org.ringward.core.wire.KnetPacket;

/** Someone with a key who makes and opens datagrams of any node. */
public final class Forger {
  private final PacketCrypto crypto;

  /** Of aes256 with sha256. */
  public Forger(byte[] key) {
    this(Cipher.AES256, Hash.SHA256, key);
  }

  public Forger(Cipher cipher, Hash hash, byte[] key) {
    crypto = new PacketCrypto(cipher, hash, key, 4711);
  }

  /** The frame in a datagram of unfragmented data, null when it has none. */
  public byte @Nullable [] frameOf(byte[] datagram) {
    byte[] packet = open(datagram);
    return packet != null
            && KnetPacket.type(packet, 0) == KnetPacket.DATA
            && KnetPacket.fragments(packet, 0) == 1
        ? Arrays.copyOfRange(packet, KnetPacket.DATA_HEADER, packet.length)
        : null;
  }

  /** The packet in a datagram, null when it is not authentic. */
  public byte @Nullable [] open(byte[] datagram) {
    int length = datagram.length;
    return crypto.open(datagram, 0, length)
        ? Arrays.copyOfRange(
            crypto.plain(), crypto.plainOffset(), crypto.plainOffset() + crypto.plainLength())
        : null;
  }

  /** A datagram with a whole frame of a node. */
  public byte[] data(int node, int sequence, byte[] frame, int length) {
    byte[] packet = new byte[KnetPacket.DATA_HEADER + length];
    KnetPacket.writeDataHeader(packet, 0, node, sequence, true, 1, 0);
    System.arraycopy(frame, 0, packet, KnetPacket.DATA_HEADER, length);
    return seal(packet);
  }

  /** A datagram with any packet. */
  public byte[] seal(byte[] packet) {
    byte[] room = new byte[PacketCrypto.HEADROOM + packet.length + PacketCrypto.TAILROOM];
    System.arraycopy(packet, 0, room, PacketCrypto.HEADROOM, packet.length);
    byte[] sealed = new byte[packet.length + PacketCrypto.OVERHEAD_MAX];
    return Arrays.copyOf(sealed, crypto.seal(room, packet.length, sealed, 0));
  }
}
