package org.ringward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scheduler on a saved cluster. */
class SimulateTest {
  private static final Path WEB = Golden.root().resolve("cli/src/test/resources/cibs/web.xml");

  @Test
  void text() {
    Typed typed = new Typed().run("simulate", "-x", WEB.toString(), "--simulate", "--scores");
    assertThat(typed.errors()).isEmpty();
    assertThat(typed.exitCode()).isZero();
    assertThat(typed.output())
        .startsWith("Would follow\n  Start  web-ip      b")
        .contains("Scores\n  web-ip      b  100 ", "Afterwards\n  web-ip      b ")
        .endsWith("to be done, and then the cluster is settled.\n");
  }

  @Test
  void savedGraphs(@TempDir Path folder) throws IOException {
    Path graph = folder.resolve("graph.xml");
    Path dot = folder.resolve("graph.dot");
    Path after = folder.resolve("after.xml");
    Typed typed =
        new Typed()
            .run(
                "simulate",
                "--xml-file",
                WEB.toString(),
                "--save-graph",
                graph.toString(),
                "--save-dotfile",
                dot.toString(),
                "--save-output",
                after.toString());
    assertThat(typed.exitCode()).isZero();
    assertThat(graph).content().contains("operation_key=\"web-ip_start_0\"");
    assertThat(dot)
        .content()
        .startsWith("digraph \"transition\" {\n")
        .contains("  \"web-ip_start_0 b\" -> \"web-server_start_0 b\";\n");
    Typed settled = new Typed().run("simulate", "-x", after.toString());
    assertThat(settled.output()).isEqualTo("Nothing is to be done.\n");
  }

  @Test
  void aListOfClusters(@TempDir Path folder) throws IOException {
    Path list = folder.resolve("list");
    String good =
        WEB + "\t-t '2005-020T12:30'\t" + folder.resolve("graph") + "\t" + folder.resolve("text");
    String bad = "/nowhere.xml\t\t" + folder.resolve("g") + "\t" + folder.resolve("t");
    Files.writeString(list, bad + "\n" + good + "\nonly one column\n");
    Typed typed = new Typed().run("simulate", "--batch", list.toString());
    assertThat(typed.exitCode()).isEqualTo(65);
    assertThat(typed.errors())
        .contains(
            "/nowhere.xml cannot be read (there is no such file or folder).",
            "'only one column' has 1 columns, expected 4");
    assertThat(folder.resolve("graph")).content().contains("<transition_graph");
    assertThat(folder.resolve("text")).content().contains("to be done");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-11-21T12:00:00Z      | 0",
        "2026-11-21 13:00:00+01:00 | 0",
        "2005-020T12:30            | 0",
        "1795262400                | 0",
        "yesterday                 | 64",
      })
  void times(String time, int exitCode) {
    Typed typed = new Typed().run("simulate", "-x", WEB.toString(), "--time", time);
    assertThat(typed.exitCode()).as(typed.errors()).isEqualTo(exitCode);
  }

  @Test
  void badInput(@TempDir Path folder) throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.xml"), "<cib>\n<oops\n");
    Typed typed = new Typed().run("simulate", "-x", broken.toString());
    assertThat(typed.exitCode()).isNotZero();
    assertThat(typed.errors()).contains("broken.xml:").doesNotContain("\tat ");
    assertThat(new Typed().run("simulate").exitCode()).isEqualTo(64);
    Typed output = new Typed().run("simulate", "-x", WEB.toString(), "-G", "/nowhere/graph");
    assertThat(output.exitCode()).isEqualTo(73);
  }
}
