package org.ringward.cli.command;

import static org.ringward.cli.terminal.Table.cell;

import java.util.ArrayList;
import java.util.List;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Table;
import org.ringward.core.cib.AttributeSet;
import org.ringward.core.cib.ClusterProperties;
import org.ringward.core.cib.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "list",
    aliases = {"show", "config"},
    header = "List the options of the cluster.",
    description = "Shows those that are set; with --all also the others with their defaults.",
    footer = {"Examples:", "  ringward property list", "  ringward property list --all"})
final class PropertyListCommand extends ReadCommand {
  @Option(names = "--all", description = "Also what is not set.")
  private boolean every;

  PropertyListCommand(Environment environment) {
    super(environment);
  }

  @Override
  int show(Configuration now) {
    List<Line> lines = new ArrayList<>();
    for (AttributeSet set : now.properties()) {
      set.pairs().forEach(pair -> lines.add(new Line(pair.name(), pair.value(), true)));
    }
    if (every) {
      for (org.ringward.core.cib.Option each : ClusterProperties.ALL.options()) {
        if (now.property(each.name()) == null && each.otherwise() != null) {
          lines.add(new Line(each.name(), each.otherwise(), false));
        }
      }
    }
    Table table = new Table("");
    lines.forEach(each ->
        table.row(cell(each.name()), cell(each.value()), cell(each.isSet() ? "" : "(default)")));
    return tell("properties", lines, table, "No option is set.");
  }

  /** An option in the answer. */
  record Line(String name, String value, boolean isSet) {}
}
