package org.ringward.core.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * All arrows point to core; the daemon stands on ring; daemon, sim and cli do not know each other,
 * but cli may use sim, and ring for reading configuration files. The client of applications knows
 * nobody; the daemon's tests and cli use it.
 */
class ModulesTest {
  private static final Pattern OURS =
      Pattern.compile("<dependency>\\s*<groupId>org\\.ringward</groupId>\\s*<artifactId>([^<]*)");

  @ParameterizedTest
  @CsvSource({
    "core,''",
    "client,''",
    "ring,core",
    "daemon,ring client",
    "sim,core",
    "cli,core ring sim client"
  })
  void dependOnlyOn(String module, String allowed) throws IOException {
    String pom = Files.readString(Imported.root().resolve(module).resolve("pom.xml"));
    List<String> found = new ArrayList<>();
    for (Matcher matcher = OURS.matcher(pom); matcher.find(); ) {
      found.add(matcher.group(1).replaceFirst("^ringward-", ""));
    }
    assertThat(String.join(" ", found)).isEqualTo(allowed);
  }
}
