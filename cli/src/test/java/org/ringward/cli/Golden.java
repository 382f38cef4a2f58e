package org.ringward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares text with a file of the repository. {@code -Dringward.golden=write} writes the files
 * anew; the diff is then the review.
 */
final class Golden {
  private Golden() {}

  /** The root of the repository. */
  static Path root() {
    return Path.of(System.getProperty("ringward.root"));
  }

  /** The text is that of cli/src/test/resources/golden/NAME. */
  static void assertSame(String name, String text) throws IOException {
    assertSame(root().resolve("cli/src/test/resources/golden").resolve(name), text);
  }

  static void assertSame(Path file, String text) throws IOException {
    if ("write".equals(System.getProperty("ringward.golden"))) {
      Files.writeString(file, text);
    }
    assertThat(file).exists();
    assertThat(text)
        .as("run with -Dringward.golden=write to accept")
        .isEqualTo(Files.readString(file));
  }
}
