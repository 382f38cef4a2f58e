package org.ringward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mistakes are named with file and line. */
class VerifyTest {
  @TempDir private Path folder;

  @Test
  void withoutErrors() throws IOException {
    String cib = Golden.root().resolve("cli/src/test/resources/cibs/web.xml").toString();
    Typed typed = new Typed().run("verify", cib);
    assertThat(typed.exitCode()).as(typed.output()).isZero();
    assertThat(typed.output()).endsWith(cib + " has no error and 1 remark.\n");
  }

  @Test
  void aReferenceToNothing() throws IOException {
    String xml =
        Files.readString(Golden.root().resolve("cli/src/test/resources/cibs/web.xml"))
            .replace("rsc=\"web\"", "rsc=\"wbe\"");
    Path file = Files.writeString(folder.resolve("cib.xml"), xml);
    Typed typed = new Typed().run("verify", file.toString());
    assertThat(typed.exitCode()).isEqualTo(78);
    assertThat(typed.output())
        .contains(file + ":24: error: ", "wbe")
        .endsWith(" has 1 error and 1 remark.\n");
  }

  @Test
  void brokenYaml() throws IOException {
    Path file = Files.writeString(folder.resolve("web.yaml"), "resources:\n  - [\n");
    Typed typed = new Typed().run("verify", file.toString());
    assertThat(typed.exitCode()).isIn(65, 78);
    assertThat(typed.errors()).contains("web.yaml:").doesNotContain("\tat ");
  }

  @Test
  void noText() throws IOException {
    Path file = Files.write(folder.resolve("web.yaml"), new byte[] {(byte) 0xff, 0, 1});
    Typed typed = new Typed().run("verify", file.toString());
    assertThat(typed.exitCode()).isEqualTo(65);
    assertThat(typed.errors()).contains("is not UTF-8 text");
  }
}
