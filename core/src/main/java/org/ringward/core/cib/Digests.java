package org.ringward.core.cib;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.ringward.core.base.Defect;

/** Digests of text in UTF-8, as lower-case hexadecimal. */
final class Digests {
  private Digests() {}

  static String hex(String algorithm, String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException _) {
      throw new Defect(algorithm + " is missing in this Java");
    }
  }
}
