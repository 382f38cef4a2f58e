package org.ringward.core.cib;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Tells configurations apart that have the same version: two sides of a cluster that lost each
 * other can count to the same number, as one of them may have taken a change that nobody confirmed.
 */
public final class ConfigurationDigest {
  private static final int BYTES = 8;

  private ConfigurationDigest() {}

  /** The first 64 bits of the SHA-256 of the configuration as XML, 16 hexadecimal digits. */
  public static String of(Configuration configuration) {
    try {
      byte[] xml = CibXml.write(configuration).getBytes(StandardCharsets.UTF_8);
      byte[] all = MessageDigest.getInstance("SHA-256").digest(xml);
      return HexFormat.of().formatHex(Arrays.copyOf(all, BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
