package org.ringward.ring.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringward.core.config.AccessSettings;

class ProgramAccessTest {
  @TempDir private Path folder;

  private ProgramAccess access(List<String> users, List<String> groups) throws IOException {
    Path passwd = folder.resolve("passwd");
    Path group = folder.resolve("group");
    Files.writeString(
        passwd, "root:x:0:0:root:/root:/bin/sh\nada:x:1001:1001::/:/bin/sh\nbroken\n");
    Files.writeString(group, "root:x:0:\nhaclient:x:112:ada,bob\n");
    return ProgramAccess.of(new AccessSettings(users, groups), 500, passwd, group);
  }

  @Test
  void rootAndTheRingsOwnUserMayAlways() throws IOException {
    ProgramAccess access = access(List.of(), List.of());
    assertThat(access.allows(0, 77)).isTrue();
    assertThat(access.allows(77, 0)).isTrue();
    assertThat(access.allows(500, 500)).isTrue();
    assertThat(access.allows(1001, 112)).isFalse();
    assertThat(access.warnings()).isEmpty();
  }

  @Test
  void namesAndNumbersOfTheConfigurationMay() throws IOException {
    ProgramAccess access = access(List.of("ada", "4294967294"), List.of("haclient", "9"));
    assertThat(access.allows(1001, 5)).isTrue();
    assertThat(access.allows(-2, 5)).isTrue();
    assertThat(access.allows(5, 112)).isTrue();
    assertThat(access.allows(5, 9)).isTrue();
    assertThat(access.allows(112, 1001)).isFalse();
  }

  @Test
  void unknownNamesGiveNoAccessAndAreNamed() throws IOException {
    ProgramAccess access = access(List.of("nobody-here"), List.of("broken"));
    assertThat(access.warnings())
        .hasSize(2)
        .anyMatch(each -> each.startsWith("user nobody-here of uidgid is not in"));
    assertThat(access.allows(5, 5)).isFalse();
  }
}
