package org.ringward.core.wire;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.ringward.core.base.Defect;

/**
 * HMAC (RFC 2104) over parts of arrays. Made from the digest, because {@code javax.crypto.Mac}
 * allocates for every message; here nothing is allocated after construction.
 */
public final class Hmac {
  private final MessageDigest digest;
  private final byte[] innerPad;
  private final byte[] outerPad;
  private final byte[] code;

  /**
   * A code with one key.
   *
   * @param algorithm name of a digest that every JDK has: MD5, SHA-1, SHA-256, SHA-384, SHA-512
   */
  public Hmac(String algorithm, byte[] key) {
    this.digest = digest(algorithm);
    this.code = new byte[digest.getDigestLength()];
    int block = code.length > 32 ? 128 : 64;
    byte[] padded = Arrays.copyOf(key.length > block ? digest.digest(key) : key, block);
    this.innerPad = padded(padded, 0x36);
    this.outerPad = padded(padded, 0x5C);
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException missing) {
      throw new Defect("every JDK has " + algorithm + ": " + missing.getMessage());
    }
  }

  private static byte[] padded(byte[] block, int pad) {
    byte[] padded = new byte[block.length];
    for (int i = 0; i < block.length; i++) {
      padded[i] = (byte) (block[i] ^ pad);
    }
    return padded;
  }

  /** Bytes of a whole code. */
  public int length() {
    return code.length;
  }

  /** Writes the first bytes of the code of a message behind it or elsewhere. */
  public void sign(byte[] bytes, int offset, int length, byte[] target, int at, int codeLength) {
    compute(bytes, offset, length);
    System.arraycopy(code, 0, target, at, codeLength);
  }

  /**
   * Whether the bytes at a place are the first of the message's code; takes the same time always.
   */
  public boolean verify(
      byte[] bytes, int offset, int length, byte[] source, int at, int codeLength) {
    compute(bytes, offset, length);
    int difference = 0;
    for (int i = 0; i < codeLength; i++) {
      difference |= code[i] ^ source[at + i];
    }
    return difference == 0;
  }

  /** A key for one purpose out of a key for all: the code of the purpose's name. */
  public byte[] derive(byte[] purpose) {
    compute(purpose, 0, purpose.length);
    return code.clone();
  }

  private void compute(byte[] bytes, int offset, int length) {
    try {
      digest.update(innerPad, 0, innerPad.length);
      digest.update(bytes, offset, length);
      digest.digest(code, 0, code.length);
      digest.update(outerPad, 0, outerPad.length);
      digest.update(code, 0, code.length);
      digest.digest(code, 0, code.length);
    } catch (DigestException broken) {
      throw new Defect("digest into an array of its length failed: " + broken.getMessage());
    }
  }
}
