package org.ringward.cli.command;

import static org.ringward.cli.terminal.Table.cell;

import java.util.List;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Table;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.Group;
import org.ringward.core.cib.Primitive;
import picocli.CommandLine.Command;

@Command(
    name = "list",
    header = "List the groups and their members.",
    description = "Members stand in the order in which they start.",
    footer = {"Examples:", "  ringward group list"})
final class GroupListCommand extends ReadCommand {
  GroupListCommand(Environment environment) {
    super(environment);
  }

  @Override
  int show(Configuration now) {
    List<Line> lines =
        all(now).stream()
            .filter(Group.class::isInstance)
            .map(
                each -> new Line(each.id(), each.primitives().stream().map(Primitive::id).toList()))
            .toList();
    Table table = new Table("");
    lines.forEach(each -> table.row(cell(each.id()), cell(String.join(", ", each.members()))));
    return tell("groups", lines, table, "There is no group.");
  }

  /** A group in the answer. */
  record Line(String id, List<String> members) {}
}
