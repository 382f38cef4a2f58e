package org.ringward.ring.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

class KeyFileTest {
  @TempDir private Path folder;

  private Path key(int bytes, String permissions) throws IOException {
    Path file = Files.write(folder.resolve("authkey"), new byte[bytes]);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private static OperatorException refusal(Path file) {
    return catchThrowableOfType(OperatorException.class, () -> KeyFile.read(file));
  }

  @Test
  void aKeyIsRead() throws IOException {
    assertThat(KeyFile.read(key(128, "r--------"))).hasSize(128);
    assertThat(KeyFile.read(key(4096, "rw-------"))).hasSize(4096);
  }

  @ParameterizedTest
  @ValueSource(strings = {"r--r-----", "r-----r--", "rw--w----", "r-------x"})
  void aKeyOpenToOthersIsRefused(String permissions) throws IOException {
    OperatorException refused = refusal(key(256, permissions));
    assertThat(refused.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(refused.sentence())
        .contains("is open to others (" + permissions + ")")
        .contains("chmod 0400");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 127, 4097})
  void aKeyOfAnotherSizeIsRefused(int bytes) throws IOException {
    assertThat(refusal(key(bytes, "r--------")).sentence())
        .contains("has " + bytes + " bytes; a key has 128 to 4096");
  }

  @Test
  void aMissingKeyIsRefused() {
    OperatorException refused = refusal(folder.resolve("none"));
    assertThat(refused.exitCode()).isEqualTo(ExitCode.NO_INPUT);
    assertThat(refused.sentence()).contains("does not exist; make one with ringward keygen");
  }
}
