package org.ringward.daemon.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringward.core.base.SavedConfiguration;

/** Configurations survive restarts, in their order, and the oldest go. */
class ConfigurationFilesTest {
  @TempDir private Path folder;

  private static SavedConfiguration saved(int number) {
    return new SavedConfiguration(
        "0." + number, 1L << 40, "ada", "resource \"web\"", "Grund: ä", "<configuration/>\n");
  }

  @Test
  void whatWasWrittenIsReadAgain() throws IOException {
    ConfigurationFiles first = new ConfigurationFiles(folder.resolve("history"));
    assertThat(first.read()).isEmpty();
    first.write(saved(1));
    first.write(saved(2));
    ConfigurationFiles second = new ConfigurationFiles(folder.resolve("history"));
    assertThat(second.read()).containsExactly(saved(1), saved(2));
    second.write(saved(3));
    assertThat(new ConfigurationFiles(folder.resolve("history")).read())
        .containsExactly(saved(1), saved(2), saved(3));
  }

  @Test
  void theOldestGo() throws IOException {
    ConfigurationFiles files = new ConfigurationFiles(folder);
    for (int i = 1; i <= 60; i++) {
      files.write(saved(i));
    }
    List<SavedConfiguration> read = new ConfigurationFiles(folder).read();
    assertThat(read).hasSize(50);
    assertThat(read.getFirst()).isEqualTo(saved(11));
  }

  @Test
  void theOldestGoWhenAllTogetherAreLarge() throws IOException {
    ConfigurationFiles files = new ConfigurationFiles(folder);
    String xml = "x".repeat(5 * 1024 * 1024);
    for (int i = 1; i <= 5; i++) {
      files.write(new SavedConfiguration("0." + i, 1, "ada", "large", "", xml));
    }
    assertThat(new ConfigurationFiles(folder).read())
        .extracting(SavedConfiguration::version)
        .containsExactly("0.3", "0.4", "0.5");
  }

  @Test
  void damagedFilesAreLeftOut() throws IOException {
    ConfigurationFiles files = new ConfigurationFiles(folder);
    files.write(saved(1));
    Files.writeString(folder.resolve("000000000002.json"), "{\"version\":\"0.2\"");
    Files.writeString(folder.resolve("000000000003.json"), "[]");
    ConfigurationFiles again = new ConfigurationFiles(folder);
    assertThat(again.read()).containsExactly(saved(1));
    again.write(saved(4));
    assertThat(new ConfigurationFiles(folder).read()).containsExactly(saved(1), saved(4));
  }
}
