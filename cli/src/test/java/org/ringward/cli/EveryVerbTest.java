package org.ringward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.ringward.cli.command.CommandTree;
import picocli.CommandLine;

/**
 * What holds for all verbs: tried on a running cluster, JSON for programs, completion, near misses.
 */
class EveryVerbTest {
  /** Verbs that have no answer to put into JSON, and what they have instead. */
  private static final Map<String, String> WITHOUT_JSON =
      Map.ofEntries(
          Map.entry("completion", "a script"),
          Map.entry("config", "the document itself; config show has it"),
          Map.entry("daemon", "runs until it is ended"),
          Map.entry("witness run", "runs until it is ended"),
          Map.entry("ring run", "runs until it is ended"),
          Map.entry("lease run", "what the program says that it runs"),
          Map.entry("region dump", "a picture"),
          Map.entry("region watch", "a picture that moves"),
          Map.entry("demo", "a film"),
          Map.entry("help", "the help"),
          Map.entry("man", "pages"),
          Map.entry("simulate", "text in the form of crm_simulate, which programs read already"),
          Map.entry("simulate-cluster", "stories of seeds"),
          Map.entry("simulate-ring", "stories of seeds"),
          Map.entry("ring bench", "a measure"));

  /** Verbs that tools/verbs/story does not try, and the check that does. */
  private static final Map<String, String> TRIED_ELSEWHERE = Map.of();

  private static SortedMap<String, CommandLine> verbs() {
    CommandLine line =
        CommandTree.of(
            new Typed().environment(new ByteArrayOutputStream(), new ByteArrayOutputStream()));
    SortedMap<String, CommandLine> verbs = new TreeMap<>();
    collect("", line, verbs);
    return verbs;
  }

  private static void collect(String path, CommandLine line, Map<String, CommandLine> verbs) {
    line.getSubcommands()
        .forEach((name, command) -> {
          if (name.equals(command.getCommandName())) {
            String full = path + name;
            boolean noun = command.getCommandSpec().findOption("--author") == null;
            if (command.getSubcommands().isEmpty() || !noun) {
              verbs.put(full, command);
            }
            collect(full + " ", command, verbs);
          }
        });
  }

  @Test
  void everyAnswerIsThereForPrograms() {
    SortedSet<String> without = new TreeSet<>();
    verbs()
        .forEach((name, command) -> {
          if (command.getCommandSpec().findOption("--output") == null) {
            without.add(name);
          }
        });
    assertThat(without).containsExactlyInAnyOrderElementsOf(WITHOUT_JSON.keySet());
  }

  /** Those that speak with a daemon. */
  @Test
  void everyVerbIsTriedOnARunningCluster() throws IOException {
    List<String> tried = new ArrayList<>();
    for (String line : Files.readAllLines(Golden.root().resolve("tools/verbs/story"))) {
      String words = line.replaceFirst("^check \\S+ ('[^']*'|\"[^\"]*\"|\\S+) ", "check ");
      words = words.replaceFirst(".*\"\\$ringward\" ", "check ");
      if (words.startsWith("check ")) {
        tried.add(words.substring("check ".length()) + " ");
      }
    }
    SortedSet<String> never = new TreeSet<>();
    verbs()
        .forEach((name, command) -> {
          boolean speaks = command.getCommandSpec().findOption("--author") != null;
          if (speaks && tried.stream().noneMatch(each -> each.startsWith(name + " "))) {
            never.add(name);
          }
        });
    assertThat(never).containsExactlyInAnyOrderElementsOf(TRIED_ELSEWHERE.keySet());
    for (Map.Entry<String, String> each : TRIED_ELSEWHERE.entrySet()) {
      assertThat(Files.readString(Golden.root().resolve(each.getValue())))
          .as(each.getValue())
          .contains(each.getKey());
    }
  }

  @Test
  void completionKnowsAll() {
    String script = new Typed().run("completion", "bash").output();
    for (String name : verbs().keySet()) {
      assertThat(script).contains(name.substring(name.lastIndexOf(' ') + 1));
    }
  }

  @Test
  void aMisspelledVerbIsAnsweredWithTheNearest() {
    SortedMap<String, CommandLine> verbs = verbs();
    for (String name : verbs.keySet()) {
      String[] words = name.split(" ", -1);
      String last = words[words.length - 1];
      boolean ofNoun = words.length == 1 || !verbs.containsKey(words[0]);
      if (last.length() > 4 && ofNoun) {
        words[words.length - 1] = last.substring(0, 2) + last.substring(3);
        Typed typed = new Typed().run(words);
        assertThat(typed.exitCode()).as(String.join(" ", words)).isEqualTo(64);
        assertThat(typed.errors()).as(String.join(" ", words)).containsIgnoringCase("did you mean");
      }
    }
  }
}
