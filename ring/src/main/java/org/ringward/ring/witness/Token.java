package org.ringward.ring.witness;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/**
 * A token to enrol with: by the fingerprint in it the node knows the witness, by the secret in it
 * the witness knows the node. Text such as rw1-GZ0X...
 *
 * @param fingerprint the first 16 bytes of the SHA-256 of the authority's public key
 * @param secret 16 bytes of chance
 */
public record Token(byte[] fingerprint, byte[] secret) {
  private static final String PREFIX = "rw1-";
  private static final int PART = 16;

  /** A new one for a witness with this authority. */
  public static Token create(X509Certificate authority) {
    byte[] secret = new byte[PART];
    new SecureRandom().nextBytes(secret);
    return new Token(fingerprint(authority), secret);
  }

  /**
   * @throws OperatorException when the text is no token
   */
  public static Token parse(String text) {
    byte[] bytes = new byte[0];
    if (text.startsWith(PREFIX)) {
      try {
        bytes = Base64.getUrlDecoder().decode(text.substring(PREFIX.length()));
      } catch (IllegalArgumentException _) {
        // The length says it.
      }
    }
    if (bytes.length != 2 * PART) {
      String sentence =
          "the token is not one that 'ringward witness token' printed: it begins with ";
      throw new OperatorException(
          ExitCode.USAGE, sentence + PREFIX + " and has 47 characters, found " + text.length());
    }
    return new Token(Arrays.copyOf(bytes, PART), Arrays.copyOfRange(bytes, PART, 2 * PART));
  }

  /** As operators copy it. */
  public String text() {
    byte[] both = Arrays.copyOf(fingerprint, 2 * PART);
    System.arraycopy(secret, 0, both, PART, PART);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(both);
  }

  /** Whether this is the authority of the witness that made the token. */
  public boolean isOf(X509Certificate authority) {
    return MessageDigest.isEqual(fingerprint, fingerprint(authority));
  }

  private static byte[] fingerprint(X509Certificate authority) {
    return Arrays.copyOf(sha256(authority.getPublicKey().getEncoded()), PART);
  }

  /** What the witness keeps of a secret. */
  public static String hash(byte[] secret) {
    return HexFormat.of().formatHex(sha256(secret));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
