package org.ringward.ring.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

class StateFilesTest {
  @TempDir private Path folder;

  @Test
  void ringIdsSurviveAndADamagedFileIsRefused() throws IOException {
    Path file = folder.resolve("ringid");
    try (RingIdFile ringIds = RingIdFile.open(file, () -> 0)) {
      assertThat(ringIds.load()).isZero();
      ringIds.store(0x0102030405060708L);
      assertThat(ringIds.load()).isEqualTo(0x0102030405060708L);
    }
    assertThat(Files.readAllBytes(file)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    try (RingIdFile ringIds = RingIdFile.open(file)) {
      assertThat(ringIds.load()).isEqualTo(0x0102030405060708L);
    }
    Files.write(file, new byte[3]);
    assertThatThrownBy(() -> RingIdFile.open(file))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("is damaged: it has 3 bytes instead of 8");
  }

  @Test
  void withoutTheRingIdFileTheClockSaysWhatNoRingHadBefore() throws IOException {
    Path file = folder.resolve("ringid");
    try (RingIdFile ringIds = RingIdFile.open(file, () -> 1_800_000_000_000L)) {
      assertThat(ringIds.load()).isEqualTo(1_800_000_000_000L);
      ringIds.store(1_800_000_000_005L);
      assertThat(ringIds.load()).isEqualTo(1_800_000_000_005L);
    }
    long before = System.currentTimeMillis();
    Files.delete(file);
    try (RingIdFile ringIds = RingIdFile.open(file)) {
      assertThat(ringIds.load()).isBetween(before, System.currentTimeMillis());
    }
  }

  @Test
  void aSecondDaemonOnTheSameStateIsRefused() throws IOException {
    Path where = folder.resolve("deep/state");
    try (StateDir state = StateDir.open(where)) {
      assertThat(state.store()).isDirectory();
      assertThatThrownBy(() -> StateDir.open(where))
          .isInstanceOfSatisfying(
              OperatorException.class,
              refused -> assertThat(refused.exitCode()).isEqualTo(ExitCode.UNAVAILABLE))
          .hasMessageContaining("another daemon runs with the state directory " + where);
    }
    StateDir.open(where).close();
  }

  @Test
  void aStateDirectoryThatIsAFileIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> StateDir.open(file))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("cannot be used");
  }
}
