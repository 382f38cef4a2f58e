package org.ringward.fuzz;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ringward.fuzz.engine.Reproducer;
import org.ringward.fuzz.engine.Target;

/** What the fuzzer has found once is not found again. */
final class RegressionTest {
  private static final List<Target> TARGETS = CampaignTest.targets();

  static List<Path> files() throws IOException {
    Path root = Path.of(Objects.requireNonNull(System.getProperty("ringward.root")));
    try (Stream<Path> files = Files.list(root.resolve("fuzz/src/test/resources/regressions"))) {
      return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void isNotFoundAgain(Path file) throws IOException {
    Reproducer reproducer = Reproducer.read(file);
    Target target =
        TARGETS.stream()
            .filter(each -> each.name().equals(reproducer.target()))
            .findFirst()
            .orElseThrow();
    assertThatCode(() -> reproducer.run(target)).doesNotThrowAnyException();
  }
}
