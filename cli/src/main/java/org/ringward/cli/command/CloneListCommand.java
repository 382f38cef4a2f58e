package org.ringward.cli.command;

import static org.ringward.cli.terminal.Table.cell;

import java.util.List;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Table;
import org.ringward.core.cib.Clone;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.Resource;
import picocli.CommandLine.Command;

@Command(
    name = "list",
    header = "List the clones.",
    description = "Shows what each runs instances of, and whether they can be promoted.",
    footer = {"Examples:", "  ringward clone list"})
final class CloneListCommand extends ReadCommand {
  CloneListCommand(Environment environment) {
    super(environment);
  }

  @Override
  int show(Configuration now) {
    List<Line> lines =
        all(now).stream()
            .filter(Clone.class::isInstance)
            .map(Clone.class::cast)
            .map(CloneListCommand::line)
            .toList();
    Table table = new Table("");
    lines.forEach(each ->
        table.row(
            cell(each.id()), cell(each.resource()), cell(each.promotable() ? "promotable" : "")));
    return tell("clones", lines, table, "There is no clone.");
  }

  private static Line line(Clone clone) {
    Resource child = clone.child();
    return new Line(clone.id(), child == null ? "" : child.id(), clone.promotable());
  }

  /** A clone in the answer. */
  record Line(String id, String resource, boolean promotable) {}
}
