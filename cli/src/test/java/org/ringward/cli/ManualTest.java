package org.ringward.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringward.cli.command.CommandTree;
import picocli.CommandLine;

/** The manual pages and the completion say what the help says, and other programs can read them. */
class ManualTest {
  @TempDir Path folder;

  private final CommandLine root =
      CommandTree.of(
          new Typed().environment(new ByteArrayOutputStream(), new ByteArrayOutputStream()));

  private List<Path> pages() throws IOException {
    Typed typed = new Typed().run("man", folder.toString());
    assertThat(typed.errors()).isEmpty();
    assertThat(typed.exitCode()).isZero();
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  void aPageForEveryCommandWithAllThatIsBelow() throws IOException {
    pages();
    assertThat(folder.resolve("man8/ringward.8")).exists();
    assertThat(Files.readString(folder.resolve("man5/ringward.yaml.5")))
        .contains("\\fBtotem.token\\fR", "\\fBpaths.state_dir\\fR", "Default: 400.");
    root.getSubcommands()
        .forEach((name, command) -> {
          if (name.equals(command.getCommandName()) && !name.equals("help")) {
            Path page = folder.resolve("man8/ringward-" + name + ".8");
            assertThat(page).exists();
            speaksOfAll(page, command);
          }
        });
  }

  private static void speaksOfAll(Path page, CommandLine command) {
    try {
      String text = Files.readString(page).replace("\\-", "-");
      command
          .getCommandSpec()
          .options()
          .forEach(option -> assertThat(text).contains(option.longestName()));
      command.getCommandSpec().usageMessage().exitCodeList().keySet().stream()
          .forEach(code -> assertThat(text).contains("\\fB" + code + "\\fR"));
      command
          .getSubcommands()
          .values()
          .forEach(each -> {
            assertThat(text).contains(each.getCommandSpec().qualifiedName());
            speaksOfAll(page, each);
          });
    } catch (IOException exception) {
      throw new java.io.UncheckedIOException(exception);
    }
  }

  @Test
  void groffHasNothingToComplainAbout() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/groff")),
        "groff is missing: apt-get install groff-base");
    List<String> command = new ArrayList<>(List.of("groff", "-man", "-Kutf8", "-ww", "-z"));
    // One process for each page would take half a minute; each page begins anew by .TH.
    pages().forEach(page -> command.add(page.toString()));
    assertThat(output(command)).isEmpty();
  }

  @Test
  void aFolderThatCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    Typed typed = new Typed().run("man", file.toString());
    assertThat(typed.exitCode()).isEqualTo(73);
    assertThat(typed.errors()).contains("cannot be written");
  }

  @Test
  void bashCompletesEveryCommandAndOption() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "bash is missing");
    Typed typed = new Typed().run("completion", "bash");
    Path script = Files.writeString(folder.resolve("completion"), typed.output());
    Map<String, CommandLine> all = new TreeMap<>();
    collect(root, "ringward", all);
    StringBuilder asks = new StringBuilder("source '" + script + "'\n");
    asks.append(
        """
        ask() {
          COMP_WORDS=("${@:2}" "$1"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
          _complete_ringward
          echo "${*:2} = ${COMPREPLY[*]}"
        }
        """);
    all.keySet().forEach(path -> asks.append("ask '' ").append(path).append('\n'));
    all.keySet().forEach(path -> asks.append("ask -- ").append(path).append('\n'));
    Path file = Files.writeString(folder.resolve("asks"), asks.toString());
    List<String> answers = output(List.of("bash", file.toString())).lines().toList();
    all.forEach((path, command) -> {
      String words =
          String.join(" ", answers.stream().filter(line -> line.startsWith(path + " = ")).toList());
      assertThat(words.split(" ")).as(path).containsAll(command.getSubcommands().keySet());
      command
          .getCommandSpec()
          .options()
          .forEach(option -> assertThat(words.split(" ")).contains(option.longestName()));
    });
  }

  private static void collect(CommandLine command, String path, Map<String, CommandLine> all) {
    all.put(path, command);
    command.getSubcommands().forEach((name, each) -> collect(each, path + " " + name, all));
  }

  private static String output(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    return text;
  }
}
