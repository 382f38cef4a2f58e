package org.ringward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.ringward.cli.command.CommandTree;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The help teaches, and docs/commands.md is the help. */
class HelpTest {
  private final CommandLine line =
      CommandTree.of(
          new Typed().environment(new ByteArrayOutputStream(), new ByteArrayOutputStream()));

  @Test
  void everyCommandTeaches() {
    line.getSubcommands().forEach(HelpTest::teaches);
  }

  private static void teaches(String name, CommandLine command) {
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    assertThat(usage.header()).as(name).hasSize(1);
    assertThat(usage.header()[0]).as(name).endsWith(".");
    assertThat(usage.description()).as(name).isNotEmpty();
    assertThat(usage.exitCodeList()).as(name).containsKey("0");
    command.getSubcommands().forEach((inner, each) -> teaches(name + " " + inner, each));
  }

  @Test
  void aCommandsHelp() throws IOException {
    Typed typed = new Typed().run("apply", "--help");
    assertThat(typed.exitCode()).isZero();
    Golden.assertSame("help-apply.txt", typed.output());
    assertThat(new Typed().run("help", "apply").output()).isEqualTo(typed.output());
  }

  /** What is typed makes only the command ready that it names: that must be the very same one. */
  @Test
  void aCommandAloneIsTheOneOfTheWhole() {
    line.getSubcommands()
        .forEach((name, command) -> {
          String whole = command.getUsageMessage(Ansi.OFF);
          CommandLine part =
              CommandTree.of(
                  new Typed().environment(new ByteArrayOutputStream(), new ByteArrayOutputStream()),
                  name);
          CommandLine same = part.getSubcommands().get(name);
          assertThat(same).as(name).isNotNull();
          assertThat(same.getUsageMessage(Ansi.OFF)).isEqualTo(whole);
        });
  }

  @Test
  void theUsualCommandsAreMadeReadyAlone() {
    for (String name : new String[] {"status", "why", "simulate-cluster", "resource", "demo"}) {
      CommandLine part =
          CommandTree.of(
              new Typed().environment(new ByteArrayOutputStream(), new ByteArrayOutputStream()),
              name);
      assertThat(part.getSubcommands().keySet()).containsExactly(name);
    }
    assertThat(new Typed().run("statsu").errors()).contains("did you mean");
  }

  @Test
  void withoutACommand() {
    Typed typed = new Typed().run();
    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.errors()).contains("Commands:", "ringward demo");
  }

  @Test
  void theReferenceIsUpToDate() throws IOException {
    StringBuilder text = new StringBuilder("# Commands\n\n");
    text.append("Written by HelpTest from the commands' own help; `ringward help COMMAND` shows")
        .append(" the same.\n\n");
    block(text, line);
    line.getSubcommands().forEach((name, command) -> chapter(text, name, command));
    Golden.assertSame(Golden.root().resolve("docs/commands.md"), text.toString());
  }

  private static void chapter(StringBuilder text, String name, CommandLine command) {
    if (!name.endsWith(command.getCommandName())) {
      return; // Another name of what has its chapter already.
    }
    text.append("\n## ").append(name).append("\n\n");
    block(text, command);
    command.getSubcommands().forEach((inner, each) -> chapter(text, name + " " + inner, each));
  }

  private static void block(StringBuilder text, CommandLine command) {
    text.append("```text\n").append(command.getUsageMessage(Ansi.OFF).stripTrailing());
    text.append("\n```\n");
  }
}
