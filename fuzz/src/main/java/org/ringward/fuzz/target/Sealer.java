package org.ringward.fuzz.target;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Someone with the key: aes256 with sha256 as kronosnet has it (reference/knet-wire.md, section 7),
 * written apart from the one under test.
 */
final class Sealer {
  private static final int SALT = 16;
  private static final int KEY = 32;

  private final SecretKeySpec cipherKey;
  private final Cipher cipher;
  private final Mac mac;
  private byte salt;

  Sealer(byte[] key) {
    try {
      cipherKey = new SecretKeySpec(key, 0, KEY, "AES");
      cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  /** The datagram with a packet in it. */
  byte[] seal(byte[] packet) {
    try {
      byte[] iv = new byte[SALT];
      Arrays.fill(iv, salt++);
      cipher.init(Cipher.ENCRYPT_MODE, cipherKey, new IvParameterSpec(iv));
      byte[] encrypted = cipher.doFinal(packet);
      byte[] sealed = Arrays.copyOf(iv, SALT + encrypted.length + mac.getMacLength());
      System.arraycopy(encrypted, 0, sealed, SALT, encrypted.length);
      mac.update(sealed, 0, SALT + encrypted.length);
      mac.doFinal(sealed, SALT + encrypted.length);
      return sealed;
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }

  /** The packet in a datagram that is authentic. */
  byte[] open(byte[] datagram, int offset, int length) {
    try {
      IvParameterSpec iv = new IvParameterSpec(datagram, offset, SALT);
      cipher.init(Cipher.DECRYPT_MODE, cipherKey, iv);
      return cipher.doFinal(datagram, offset + SALT, length - SALT - mac.getMacLength());
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }
}
