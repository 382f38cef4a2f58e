package org.ringward.cli.command;

import static org.ringward.cli.terminal.Table.cell;

import java.util.List;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Table;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.Names;
import picocli.CommandLine.Command;

@Command(
    name = "list",
    aliases = {"config"},
    header = "List the constraints.",
    description =
        "With their ids, by which they can be removed; moves and bans of operators are among them.",
    footer = {"Examples:", "  ringward constraint list"})
final class ConstraintListCommand extends ReadCommand {
  ConstraintListCommand(Environment environment) {
    super(environment);
  }

  @Override
  int show(Configuration now) {
    List<Line> lines =
        now.constraints().stream().map(each -> new Line(each.id(), Names.describe(each))).toList();
    Table table = new Table("");
    lines.forEach(each -> table.row(cell(each.meaning())));
    return tell("constraints", lines, table, "There is no constraint.");
  }

  /** A constraint in the answer. */
  record Line(String id, String meaning) {}
}
