package org.ringward.ring.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/** The cluster's shared key. */
public final class KeyFile {
  private static final int LEAST_BYTES = 128;
  private static final int MOST_BYTES = 4096;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      Set.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private KeyFile() {}

  /**
   * The key's bytes.
   *
   * @throws OperatorException when it is missing, open to others, too short or too long
   */
  public static byte[] read(Path file) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      if (!OWNER_ONLY.containsAll(permissions)) {
        String found = PosixFilePermissions.toString(permissions);
        String sentence = "key file " + file + " is open to others (" + found + ")";
        throw refuse(sentence + "; make it readable by its owner only: chmod 0400 " + file);
      }
      long bytes = Files.size(file);
      if (bytes < LEAST_BYTES || bytes > MOST_BYTES || !Files.isRegularFile(file)) {
        String sentence = "key file " + file + " has " + bytes + " bytes; a key has ";
        throw refuse(sentence + LEAST_BYTES + " to " + MOST_BYTES + " (ringward keygen makes one)");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      String sentence = "key file " + file + " does not exist; make one with ringward keygen";
      throw new OperatorException(ExitCode.NO_INPUT, sentence + " and copy it to every node");
    } catch (IOException e) {
      String sentence = "key file " + file + " cannot be read: " + e.getMessage();
      throw new OperatorException(ExitCode.NO_PERMISSION, sentence);
    }
  }

  private static OperatorException refuse(String sentence) {
    return new OperatorException(ExitCode.CONFIGURATION, sentence);
  }
}
