package org.ringward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** The scheduler on a saved cluster. */
class SimulateTest {
  private static final Path WEB = Golden.root().resolve("cli/src/test/resources/cibs/web.xml");

  @Test
  void text() {
    Typed typed = new Typed().run("simulate", "-x", WEB.toString(), "--simulate", "--scores");
    assertThat(typed.errors()).isEmpty();
    assertThat(typed.exitCode()).isZero();
    assertThat(typed.output())
        .startsWith(
            "Using the original execution date of: 2026-11-21 12:00:00Z\n"
                + "Current cluster status:\n  * Node List:\n")
        .contains(
            "\nAssignment Scores:\n  * ",
            "\nTransition Summary:\n  * Start      web-ip ",
            "\nExecuting Cluster Transition:\n",
            "\nRevised Cluster Status:\n  * Node List:\n");
    assertThat(new Typed().run("simulate", "-x", WEB.toString()).output())
        .contains("Transition Summary:")
        .doesNotContain("Assignment", "Executing", "Revised");
  }

  @Test
  void quietLeavesScores() {
    Typed typed = new Typed().run("simulate", "-x", WEB.toString(), "-sSQ");
    assertThat(typed.output()).doesNotContain(":\n", "*").contains(" score on ");
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
                "--simulate",
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
    assertThat(settled.output()).contains("Started b").endsWith("Transition Summary:\n");
  }

  @Test
  void aListOfClusters(@TempDir Path folder) throws IOException {
    Path list = folder.resolve("list");
    String good =
        WEB + "\t-t '2005-020T12:30'\t" + folder.resolve("graph") + "\t" + folder.resolve("text");
    String bad = "/nowhere.xml\t\t" + folder.resolve("g") + "\t" + folder.resolve("t");
    String unknown = WEB + "\t--unknown\t" + folder.resolve("g") + "\t" + folder.resolve("t");
    Files.writeString(
        list,
        bad
            + "\n"
            + unknown
            + "\n"
            + good
            + "\t"
            + folder.resolve("scores")
            + "\nonly one column\n");
    Typed typed = new Typed().run("simulate", "--batch", list.toString());
    assertThat(typed.exitCode()).isEqualTo(1);
    assertThat(typed.errors())
        .contains(
            "/nowhere.xml cannot be read (there is no such file or folder).",
            "web.xml: Unknown option: '--unknown'",
            "'only one column' has 1 columns, expected 4 or 5");
    assertThat(folder.resolve("graph")).content().contains("<transition_graph");
    assertThat(folder.resolve("text"))
        .content()
        .startsWith("Setting effective cluster time: 2005-020T12:30\n")
        .contains("Revised Cluster Status:");
    assertThat(folder.resolve("scores")).content().contains(" score on ");
  }

  @Test
  void madeUpEvents(@TempDir Path folder) {
    Path input = folder.resolve("input.xml");
    Typed typed =
        new Typed()
            .run(
                "simulate",
                "-x",
                WEB.toString(),
                "-d",
                "b",
                "--ticket-grant",
                "t",
                "-q",
                "1",
                "-I",
                input.toString());
    assertThat(typed.errors()).isEmpty();
    assertThat(typed.output())
        .contains(
            "Performing Requested Modifications:\n  * Setting quorum: 1\n"
                + "  * Taking node b offline\n  * Granting ticket t\n");
    assertThat(input).content().contains("<ticket_state id=\"t\" granted=\"true\"");
    Typed unknown = new Typed().run("simulate", "-x", WEB.toString(), "-u", "nobody");
    assertThat(unknown.exitCode()).isEqualTo(105);
    assertThat(unknown.errors()).contains("There is no node nobody in the cluster.");
    Typed bad = new Typed().run("simulate", "-x", WEB.toString(), "-F", "nonsense");
    assertThat(bad.exitCode()).isEqualTo(64);
  }

  @Test
  void packedFiles(@TempDir Path folder) throws IOException {
    byte[] plain = Files.readAllBytes(WEB);
    Path gzip = folder.resolve("cib.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
      out.write(plain);
    }
    Path bzip2 = folder.resolve("cib.bz2");
    try (OutputStream out = new BZip2CompressorOutputStream(Files.newOutputStream(bzip2))) {
      out.write(plain);
    }
    Path xz = folder.resolve("cib.xz");
    try (OutputStream out = new XZOutputStream(Files.newOutputStream(xz), new LZMA2Options(0))) {
      out.write(plain);
    }
    String expected = new Typed().run("simulate", "-x", WEB.toString()).output();
    for (Path packed : List.of(gzip, bzip2, xz)) {
      Typed typed = new Typed().run("simulate", "-x", packed.toString());
      assertThat(typed.output()).as(packed + typed.errors()).isEqualTo(expected);
      Files.write(packed, Arrays.copyOf(Files.readAllBytes(packed), 40));
      Typed broken = new Typed().run("simulate", "-x", packed.toString());
      assertThat(broken.exitCode()).as(packed.toString()).isEqualTo(65);
      assertThat(broken.errors()).contains("cannot be unpacked");
    }
    assertThat(new Typed().input(Files.readString(WEB)).run("simulate", "-p").output())
        .isEqualTo(expected);
  }

  @Test
  void aSmallFileMayNotUnpackToAnything(@TempDir Path folder) throws IOException {
    Path bomb = folder.resolve("bomb.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(bomb))) {
      byte[] zeros = new byte[1024 * 1024];
      for (int i = 0; i < 65; i++) {
        out.write(zeros);
      }
    }
    Typed typed = new Typed().run("simulate", "-x", bomb.toString());
    assertThat(typed.exitCode()).isEqualTo(65);
    assertThat(typed.errors()).contains("unpacks to more than 64 MiB");
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
    Path deep =
        Files.writeString(folder.resolve("deep.xml"), "<cib>" + "<a>".repeat(1_000_000) + "</cib>");
    Typed nested = new Typed().run("simulate", "-x", deep.toString());
    assertThat(nested.exitCode()).isEqualTo(65);
    assertThat(nested.errors()).contains("deep.xml:1: elements are nested more than 200 deep");
    Path entities =
        Files.writeString(
            folder.resolve("entities.xml"), "<!DOCTYPE c [<!ENTITY a 'b'>]><cib>&a;</cib>");
    Typed expanded = new Typed().run("simulate", "-x", entities.toString());
    assertThat(expanded.exitCode()).isEqualTo(65);
    assertThat(expanded.errors()).contains("a document type (DOCTYPE) is not allowed");
    assertThat(new Typed().run("simulate").exitCode()).isEqualTo(64);
    Typed output = new Typed().run("simulate", "-x", WEB.toString(), "-G", "/nowhere/graph");
    assertThat(output.exitCode()).isEqualTo(73);
  }
}
