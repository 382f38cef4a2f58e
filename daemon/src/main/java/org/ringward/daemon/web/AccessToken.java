package org.ringward.daemon.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.ring.store.DurableFiles;

/** What lets a browser give orders: the content of a file that only its owner reads. */
final class AccessToken {
  private static final int BYTES = 24;
  private static final int LEAST_CHARACTERS = 24;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final byte[] token;

  private AccessToken(byte[] token) {
    this.token = token;
  }

  /**
   * The token in the file; makes one when there is no file.
   *
   * @throws OperatorException when the file is open to others, too short or cannot be read
   */
  static AccessToken of(Path file) {
    try {
      if (!Files.exists(file)) {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n";
        DurableFiles.replace(file, text.getBytes(StandardCharsets.US_ASCII));
      }
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      if (!OWNER_ONLY.containsAll(permissions)) {
        String found = PosixFilePermissions.toString(permissions);
        throw refuse(
            file
                + " is open to others ("
                + found
                + "); make it readable by its owner only: chmod"
                + " 0600 "
                + file);
      }
      String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
      if (text.length() < LEAST_CHARACTERS) {
        throw refuse(
            "%s has a token of %d characters; at least %d are needed: remove the file for a new one"
                .formatted(file, text.length(), LEAST_CHARACTERS));
      }
      return new AccessToken(text.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw refuse(file + " cannot be read: " + e);
    }
  }

  private static OperatorException refuse(String sentence) {
    return new OperatorException(ExitCode.CONFIGURATION, sentence);
  }

  /** Whether the text is the token; takes the same time wherever they differ. */
  boolean is(String text) {
    return MessageDigest.isEqual(token, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Whether the text has the token somewhere in it. */
  boolean isIn(String text) {
    return text.contains(new String(token, StandardCharsets.ISO_8859_1));
  }
}
