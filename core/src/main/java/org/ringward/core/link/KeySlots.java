package org.ringward.core.link;

import org.jspecify.annotations.Nullable;
import org.ringward.core.wire.KnetPacket;

/**
 * The key in use, and during a change of keys the other one: what arrives may be sealed with
 * either, what is sent is sealed with the one in use (reference/knet-wire.md, section 7). Clear
 * traffic is a kind of key here, so it is understood only where one of the two is it.
 */
final class KeySlots {
  private PacketCrypto inUse;
  private @Nullable PacketCrypto other;
  private PacketCrypto opener;
  private boolean otherUsed;

  KeySlots(PacketCrypto first) {
    inUse = first;
    opener = first;
  }

  PacketCrypto inUse() {
    return inUse;
  }

  /** From now on the other key is understood too. */
  void load(PacketCrypto next) {
    other = next;
    otherUsed = false;
  }

  /** Whether a packet was opened with the key that is not in use; clear traffic does not count. */
  boolean isOtherUsed() {
    return otherUsed;
  }

  /** Sends with the other key from now on and still understands the one of before. */
  void swap() {
    PacketCrypto next = other;
    if (next != null) {
      otherUsed = false;
      other = inUse;
      inUse = next;
    }
  }

  /** Understands only the key in use from now on. */
  void clearOther() {
    other = null;
    opener = inUse;
  }

  /** Opens a packet with the key that fits; false when none does. */
  boolean open(byte[] sealed, int offset, int length) {
    PacketCrypto second = other;
    if (second == null) {
      opener = inUse;
      return inUse.open(sealed, offset, length);
    }
    // Whatever arrives can be read as clear traffic, so that is tried last.
    opener = inUse.isClear() ? second : inUse;
    boolean opened = opener.open(sealed, offset, length);
    if (!opened) {
      opener = inUse.isClear() ? inUse : second;
      opened = opener.open(sealed, offset, length);
    }
    otherUsed |= opened && opener.equals(second) && !second.isClear();
    return opened;
  }

  /** Whether something that could not be opened looks like a packet that was not sealed. */
  boolean looksClear(byte[] packet, int offset, int length) {
    return !inUse.isClear()
        && length >= KnetPacket.LENGTH_MIN
        && KnetPacket.version(packet, offset) == KnetPacket.VERSION
        && (KnetPacket.type(packet, offset) == KnetPacket.DATA
            || (KnetPacket.type(packet, offset) >= KnetPacket.PING
                && KnetPacket.type(packet, offset) <= KnetPacket.PMTUD_REPLY));
  }

  byte[] plain() {
    return opener.plain();
  }

  int plainOffset() {
    return opener.plainOffset();
  }

  int plainLength() {
    return opener.plainLength();
  }
}
