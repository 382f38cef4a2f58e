package org.ringward.core.link;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.ringward.core.base.Check;
import org.ringward.core.base.Defect;
import org.ringward.core.config.LinkSettings;
import org.ringward.core.wire.Bytes;
import org.ringward.core.wire.Hmac;

/**
 * Encryption and authentication of kronosnet packets with one key (reference/knet-wire.md, section
 * 7):
 *
 * <pre>
 *  with a cipher   salt (16) | AES-CBC (PKCS#7) of the packet, salt as IV | HMAC of both
 *  hash only       packet | HMAC of it
 *  neither         packet
 * </pre>
 *
 * <p>Nothing is allocated per packet. For that a cipher is initialised once and encrypts one
 * endless CBC stream in which a block of a counter precedes each packet: the cipher text of that
 * block, which nobody without the key can foresee, is the packet's salt, and what follows is
 * encrypted with it as IV. Opening works the same way round: the salt goes through the stream
 * first.
 */
final class PacketCrypto {
  /** Free bytes before a packet that is to be sealed. */
  static final int HEADROOM = 16;

  /** Free bytes behind a packet that is to be sealed. */
  static final int TAILROOM = 16;

  /** Most bytes that sealing adds: salt, padding, the longest hash. */
  static final int OVERHEAD_MAX = 16 + 16 + 64;

  private static final int BLOCK = 16;

  /** The longest UDP payload. */
  private static final int SEALED_MAX = 65_535;

  private final LinkSettings.Cipher cipher;
  private final LinkSettings.Hash hash;
  private final Cipher encryption;
  private final Cipher decryption;
  private final Hmac hmac;
  private final int hashLength;
  private final byte[] opened;
  private final long stream;
  private long packets;
  private byte[] plain = {};
  private int plainOffset;
  private int plainLength;

  /**
   * @param key 128 to 4096 bytes as Corosync wants them; not used when nothing is protected
   * @param stream a number that no other user of the key has, random
   */
  PacketCrypto(LinkSettings.Cipher cipher, LinkSettings.Hash hash, byte[] key, long stream) {
    boolean encrypts = cipher != LinkSettings.Cipher.NONE;
    boolean hashes = hash != LinkSettings.Hash.NONE;
    Check.that(hashes || !encrypts, "a cipher needs a hash");
    Check.that(key.length >= cipher.keyBytes(), "the key is too short for the cipher");
    this.cipher = cipher;
    this.hash = hash;
    this.stream = stream;
    this.encryption = cipher(Cipher.ENCRYPT_MODE, key);
    this.decryption = cipher(Cipher.DECRYPT_MODE, key);
    this.hmac = new Hmac(digestName(hash), key);
    this.hashLength = hashes ? hmac.length() : 0;
    this.opened = new byte[encrypts ? SEALED_MAX : 0];
  }

  /** Whether packets are readable and not authenticated. */
  boolean isClear() {
    return hash == LinkSettings.Hash.NONE;
  }

  private boolean encrypts() {
    return cipher != LinkSettings.Cipher.NONE;
  }

  /** Bytes of the longest packet that, sealed, has at most so many bytes. */
  int plainMax(int sealedMax) {
    int room = sealedMax - hashLength;
    return encrypts() ? (room - BLOCK) / BLOCK * BLOCK - 1 : room;
  }

  /**
   * Seals the packet that begins {@link #HEADROOM} bytes into an array and has {@link #TAILROOM}
   * free bytes behind it; the room around it is overwritten.
   *
   * @return bytes written to the target, which is another array
   */
  int seal(byte[] packet, int length, byte[] target, int offset) {
    if (!encrypts()) {
      System.arraycopy(packet, HEADROOM, target, offset, length);
      return length + authenticate(target, offset, length);
    }
    int padding = BLOCK - length % BLOCK;
    int end = HEADROOM + length + padding;
    Arrays.fill(packet, HEADROOM + length, end, (byte) padding);
    packets++;
    Bytes.put64(packet, 0, packets);
    Bytes.put64(packet, 8, stream);
    update(encryption, packet, 0, end, target, offset);
    return end + authenticate(target, offset, end);
  }

  /**
   * Opens what arrived; {@link #plain} has it then, until the next call. False when it is not
   * authentic or not well formed.
   */
  boolean open(byte[] sealed, int offset, int length) {
    int rest = length - hashLength;
    if (rest <= 0 || length > SEALED_MAX) {
      return false;
    }
    if (hashLength > 0 && !isAuthentic(sealed, offset, rest)) {
      return false;
    }
    return encrypts() ? decrypt(sealed, offset, rest) : take(sealed, offset, rest);
  }

  private boolean decrypt(byte[] sealed, int offset, int length) {
    if (length < 2 * BLOCK || length % BLOCK != 0) {
      return false;
    }
    update(decryption, sealed, offset, length, opened, 0);
    int padding = opened[length - 1];
    if (padding < 1 || padding > BLOCK) {
      return false;
    }
    for (int i = 2; i <= padding; i++) {
      if (opened[length - i] != padding) {
        return false;
      }
    }
    return take(opened, BLOCK, length - BLOCK - padding);
  }

  private boolean take(byte[] bytes, int offset, int length) {
    plain = bytes;
    plainOffset = offset;
    plainLength = length;
    return true;
  }

  byte[] plain() {
    return plain;
  }

  int plainOffset() {
    return plainOffset;
  }

  int plainLength() {
    return plainLength;
  }

  private int authenticate(byte[] bytes, int offset, int length) {
    if (hashLength > 0) {
      hmac.sign(bytes, offset, length, bytes, offset + length, hashLength);
    }
    return hashLength;
  }

  private boolean isAuthentic(byte[] bytes, int offset, int length) {
    return hmac.verify(bytes, offset, length, bytes, offset + length, hashLength);
  }

  private static void update(
      Cipher cipher, byte[] from, int offset, int length, byte[] to, int toOffset) {
    try {
      cipher.update(from, offset, length, to, toOffset);
    } catch (GeneralSecurityException broken) {
      throw new Defect("whole blocks do not fit: " + broken.getMessage());
    }
  }

  private Cipher cipher(int mode, byte[] key) {
    try {
      Cipher made = Cipher.getInstance("AES/CBC/NoPadding");
      int keyBytes = encrypts() ? cipher.keyBytes() : BLOCK;
      byte[] cipherKey = encrypts() ? key : new byte[BLOCK];
      made.init(
          mode,
          new SecretKeySpec(cipherKey, 0, keyBytes, "AES"),
          new IvParameterSpec(new byte[BLOCK]));
      return made;
    } catch (GeneralSecurityException missing) {
      throw new Defect("every JDK has AES: " + missing.getMessage());
    }
  }

  private static String digestName(LinkSettings.Hash hash) {
    return switch (hash) {
      case MD5 -> "MD5";
      case SHA1 -> "SHA-1";
      case NONE, SHA256 -> "SHA-256";
      case SHA384 -> "SHA-384";
      case SHA512 -> "SHA-512";
    };
  }
}
