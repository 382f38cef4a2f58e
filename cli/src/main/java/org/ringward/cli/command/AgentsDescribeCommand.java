package org.ringward.cli.command;

import static org.ringward.cli.terminal.Table.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.ringward.cli.agents.LocalAgents;
import org.ringward.cli.client.AdminJson;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Palette.Tone;
import org.ringward.cli.terminal.Table;
import org.ringward.core.agent.AgentMetadata;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "describe",
    aliases = "info",
    header = "Explain an agent: its parameters and actions.",
    description = {
      "The agent is asked for its metadata. Parameters that are needed are marked with a star; then"
          + " come type, default and meaning. The type alone is enough where only one agent has it."
          + " Init scripts (lsb) and systemd units are read, not run: they take no parameters."
    },
    exitCodeList = {
      "65:it says nothing, or nothing that can be read",
      "105:there is no such agent on this machine"
    },
    footer = {
      "Examples:",
      "  ringward agents describe IPaddr2",
      "  ringward agents describe stonith:fence_ipmilan --output json"
    })
final class AgentsDescribeCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(paramLabel = "AGENT", description = "Its name.")
  private String agent = "";

  @Mixin private OutputOption output = new OutputOption();

  AgentsDescribeCommand(Environment environment) {
    this.environment = environment;
  }

  /** A parameter in the answer; otherwise is its default, empty for none. */
  record ParameterLine(
      String name, boolean required, String type, String otherwise, String meaning) {}

  /** An action in the answer; times in milliseconds, -1 for none. */
  record ActionLine(String name, long intervalMillis, long timeoutMillis, String role, int depth) {}

  /** The whole answer. */
  record Description(
      String agent,
      String summary,
      String description,
      List<ParameterLine> parameters,
      List<ActionLine> actions) {}

  @Override
  public Integer call() {
    LocalAgents agents = LocalAgents.here();
    String full = agents.resolve(agent);
    Description description = description(full, agents.metadata(full));
    if (output.json()) {
      environment.output().println(AdminJson.list("agents", List.of(description)));
    } else {
      text(description).forEach(environment.output()::println);
    }
    return 0;
  }

  private static Description description(String full, AgentMetadata metadata) {
    List<ParameterLine> parameters = new ArrayList<>();
    for (AgentMetadata.Parameter each : metadata.parameters()) {
      if (!each.deprecated()) {
        String choices = each.choices().isEmpty() ? "" : ": " + String.join(", ", each.choices());
        parameters.add(
            new ParameterLine(
                each.name(),
                each.required(),
                each.type() + choices,
                each.defaultValue() == null ? "" : each.defaultValue(),
                each.shortDescription()));
      }
    }
    List<ActionLine> actions =
        metadata.actions().stream()
            .map(each ->
                new ActionLine(
                    each.name(),
                    millis(each.intervalMillis()),
                    millis(each.timeoutMillis()),
                    each.role() == null ? "" : each.role(),
                    each.depth()))
            .toList();
    return new Description(
        full, metadata.shortDescription(), metadata.longDescription(), parameters, actions);
  }

  private static long millis(OptionalLong time) {
    return time.orElse(-1);
  }

  private List<String> text(Description description) {
    List<String> lines = new ArrayList<>();
    var palette = environment.palette();
    lines.add(palette.paint(Tone.STRONG, description.agent()) + "  " + description.summary());
    lines.add("");
    description.description().lines().forEach(line -> lines.add("  " + line.strip()));
    lines.add("");
    lines.add(
        description.parameters().isEmpty()
            ? "It takes no parameters."
            : palette.paint(Tone.STRONG, "Parameters"));
    Table parameters = new Table("  ");
    for (ParameterLine each : description.parameters()) {
      parameters.row(
          cell(each.name() + (each.required() ? " *" : "")),
          cell(Tone.FAINT, each.type()),
          cell(Tone.FAINT, each.otherwise().isEmpty() ? "" : "= " + each.otherwise()),
          cell(each.meaning()));
    }
    lines.addAll(parameters.lines(palette));
    lines.add("");
    lines.add(palette.paint(Tone.STRONG, "Actions"));
    Table actions = new Table("  ");
    for (ActionLine each : description.actions()) {
      actions.row(
          cell(each.name()),
          cell(each.intervalMillis() < 1 ? "" : "interval " + each.intervalMillis() / 1000 + "s"),
          cell(each.timeoutMillis() < 1 ? "" : "timeout " + each.timeoutMillis() / 1000 + "s"),
          cell(each.role()),
          cell(each.depth() == 0 ? "" : "depth " + each.depth()));
    }
    lines.addAll(actions.lines(palette));
    return lines;
  }
}
