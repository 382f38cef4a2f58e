package org.ringward.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ringward.cli.command.CommandTree;
import org.ringward.cli.terminal.Environment;
import picocli.CommandLine;

/** What the pages of docs/scenarios name exists: commands, demo scenarios, tools, tests. */
class ScenarioPagesTest {
  private static final Path ROOT = Path.of(System.getProperty("ringward.root"));
  private static final Path PAGES = ROOT.resolve("docs/scenarios");
  private static final Pattern TRY = Pattern.compile("(?m)^ {4}(\\S.*?)(?: +# .*)?$");
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|Contract))(?:\\.(\\w+))?`");
  private static final Pattern SOURCE = Pattern.compile("`(sim\\.[a-z]+\\.\\w+)`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)]+)\\)");

  private final List<String> problems = new ArrayList<>();
  private String page = "";

  @BeforeEach
  void empty() {
    problems.clear();
  }

  @Test
  void everythingNamedExists() throws IOException {
    List<Path> pages = pages();
    assertThat(pages).hasSizeGreaterThanOrEqualTo(9);
    for (Path each : pages) {
      page = String.valueOf(each.getFileName());
      String text = Files.readString(each);
      assertThat(text).as(page).contains("**What happens.**", "**Why it is safe.**", "**Try it.**");
      look(text);
    }
    assertThat(problems).isEmpty();
  }

  @Test
  void theListNamesEveryPage() throws IOException {
    String list = Files.readString(PAGES.resolve("README.md"));
    List<String> linked = all(LINK, list).map(each -> each.group(1)).sorted().toList();
    List<String> there = pages().stream().map(each -> each.getFileName().toString()).toList();
    assertThat(linked).containsExactlyElementsOf(there);
  }

  @Test
  void whatDoesNotExistIsFound() throws IOException {
    page = "test.md";
    look(
        """
            ./ringward demo --scenario earthquake
            ./ringward pray        # for rain
            ./ringward why --loud web
            tools/fencing/axe 5
        `NoSuchTest`, `FailoverStoriesTest.nobodyDies`, `sim.lease.NoStorm`, [there](nowhere.md)
        """);
    assertThat(problems).hasSize(8);
  }

  private void look(String text) throws IOException {
    for (MatchResult each : all(TRY, text).toList()) {
      command(each.group(1).strip());
    }
    for (MatchResult each : all(TEST, text).toList()) {
      test(each.group(1), each.group(2));
    }
    all(SOURCE, text)
        .map(each -> "sim/src/main/java/org/ringward/" + each.group(1).replace('.', '/') + ".java")
        .forEach(this::mustBe);
    all(LINK, text).map(each -> "docs/scenarios/" + each.group(1)).forEach(this::mustBe);
  }

  private void command(String line) {
    List<String> words = List.of(line.split(" +", -1));
    if (!words.getFirst().equals("./ringward")) {
      mustBe(words.getFirst());
      return;
    }
    CommandLine command = CommandTree.of(Environment.ofProcess());
    for (String word : words.subList(1, words.size())) {
      CommandLine below = command.getSubcommands().get(word);
      if (below != null) {
        command = below;
      } else if (command.getParent() == null) {
        problems.add(page + ": there is no command " + word);
        return;
      } else if (word.startsWith("-") && command.getCommandSpec().findOption(word) == null) {
        problems.add(page + ": " + command.getCommandName() + " has no option " + word);
      }
    }
    int scenario = words.indexOf("--scenario");
    if (scenario > 0 && Scenario.of(words.get(scenario + 1)).isEmpty()) {
      problems.add(page + ": the demo has no scenario " + words.get(scenario + 1));
    }
  }

  private void test(String name, String method) throws IOException {
    List<Path> sources;
    try (Stream<Path> files = Files.walk(ROOT, 12)) {
      sources =
          files
              .filter(each -> each.endsWith(name + ".java"))
              .filter(each -> each.toString().contains("/src/test/"))
              .toList();
    }
    if (sources.isEmpty()) {
      problems.add(page + ": there is no test " + name);
    } else if (method != null
        && !Files.readString(sources.getFirst()).contains("void " + method + "(")) {
      problems.add(page + ": " + name + " has no test " + method);
    }
  }

  private void mustBe(String file) {
    if (!Files.exists(ROOT.resolve(file))) {
      problems.add(page + ": there is no " + file);
    }
  }

  private static Stream<MatchResult> all(Pattern pattern, String text) {
    return pattern.matcher(text).results();
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.list(PAGES)) {
      return files.filter(each -> !each.endsWith("README.md")).sorted().toList();
    }
  }
}
