package org.ringward.core.link;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.ringward.core.base.Defect;

/**
 * HMAC-SHA256 (RFC 2104) over ranges of arrays, truncated. Made from the digest and not from {@code
 * javax.crypto.Mac}, which allocates for every message.
 */
final class Seal {
  /** Bytes of a seal: the first half of the HMAC. */
  static final int LENGTH = 16;

  private static final int BLOCK = 64;
  private static final int DIGEST = 32;

  private final MessageDigest digest = sha256();
  private final byte[] innerPad;
  private final byte[] outerPad;
  private final byte[] inner = new byte[DIGEST];
  private final byte[] result = new byte[DIGEST];

  private Seal(byte[] key) {
    byte[] block = Arrays.copyOf(key.length > BLOCK ? sha256().digest(key) : key, BLOCK);
    innerPad = padded(block, 0x36);
    outerPad = padded(block, 0x5C);
  }

  /** The seal of one cluster: its key is derived from the shared key and the cluster's name. */
  static Seal of(byte[] sharedKey, String clusterName) {
    Seal derivation = new Seal(sharedKey);
    byte[] purpose = ("ringward link 1\0" + clusterName).getBytes(StandardCharsets.UTF_8);
    derivation.compute(purpose, 0, purpose.length);
    return new Seal(derivation.result.clone());
  }

  /** Writes the seal of a range to the target. */
  void write(byte[] bytes, int offset, int length, byte[] target, int targetOffset) {
    compute(bytes, offset, length);
    System.arraycopy(result, 0, target, targetOffset, LENGTH);
  }

  /** Whether a seal is that of the range; takes the same time wherever they differ. */
  boolean fits(byte[] bytes, int offset, int length, byte[] seal, int sealOffset) {
    compute(bytes, offset, length);
    int difference = 0;
    for (int i = 0; i < LENGTH; i++) {
      difference |= result[i] ^ seal[sealOffset + i];
    }
    return difference == 0;
  }

  private void compute(byte[] bytes, int offset, int length) {
    try {
      digest.update(innerPad, 0, BLOCK);
      digest.update(bytes, offset, length);
      digest.digest(inner, 0, DIGEST);
      digest.update(outerPad, 0, BLOCK);
      digest.update(inner, 0, DIGEST);
      digest.digest(result, 0, DIGEST);
    } catch (DigestException broken) {
      throw new Defect("digest into 32 bytes failed: " + broken.getMessage());
    }
  }

  private static byte[] padded(byte[] block, int pad) {
    byte[] padded = new byte[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      padded[i] = (byte) (block[i] ^ pad);
    }
    return padded;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new Defect("every JDK has SHA-256: " + missing.getMessage());
    }
  }
}
