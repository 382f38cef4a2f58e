package org.ringward.cli.command;

import static org.ringward.cli.terminal.Table.cell;

import java.util.ArrayList;
import java.util.List;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Table;
import org.ringward.core.cib.AttributeSet;
import org.ringward.core.cib.Configuration;
import picocli.CommandLine.Command;

@Command(
    name = "list",
    aliases = {"show", "config"},
    header = "List the defaults of resources and operations.",
    description = "Only those that are set; docs/configuration.md has what holds without.",
    footer = {"Examples:", "  ringward defaults list"})
final class DefaultsListCommand extends ReadCommand {
  DefaultsListCommand(Environment environment) {
    super(environment);
  }

  @Override
  int show(Configuration now) {
    List<Line> lines = new ArrayList<>();
    add(lines, "resource", now.resourceDefaults());
    add(lines, "operation", now.operationDefaults());
    Table table = new Table("");
    lines.forEach(each -> table.row(cell(each.of()), cell(each.name()), cell(each.value())));
    return tell("defaults", lines, table, "No default is set.");
  }

  private static void add(List<Line> lines, String of, List<AttributeSet> sets) {
    sets.forEach(
        set -> set.pairs().forEach(pair -> lines.add(new Line(of, pair.name(), pair.value()))));
  }

  /** A default in the answer. */
  record Line(String of, String name, String value) {}
}
