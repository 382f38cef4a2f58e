package org.ringward.cli.command;

import static org.ringward.cli.terminal.Table.cell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Table;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.Known;
import org.ringward.core.cib.Operation;
import org.ringward.core.cib.Primitive;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "list",
    aliases = {"config"},
    header = "List the operations of a resource, or of all.",
    description = "What is not listed is done with the defaults.",
    exitCodeList = "105:there is no such resource",
    footer = {"Examples:", "  ringward op list web"})
final class OpListCommand extends ReadCommand {
  @Parameters(arity = "0..1", paramLabel = "RESOURCE", description = "Only of this one.")
  private @Nullable String resource;

  OpListCommand(Environment environment) {
    super(environment);
  }

  @Override
  int show(Configuration now) {
    List<Primitive> wanted =
        resource == null ? now.primitives() : List.of(Known.primitive(now, resource));
    List<Line> lines = new ArrayList<>();
    for (Primitive each : wanted) {
      for (Operation operation : each.operations()) {
        Map<String, String> options = new LinkedHashMap<>(operation.attributes().map());
        options.keySet().removeAll(List.of("id", "name"));
        lines.add(new Line(each.id(), operation.name(), options));
      }
    }
    Table table = new Table("");
    lines.forEach(each ->
        table.row(cell(each.resource()), cell(each.operation()), cell(text(each.options()))));
    return tell("operations", lines, table, "There is no operation.");
  }

  private static String text(Map<String, String> options) {
    return options.entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue())
        .collect(Collectors.joining(" "));
  }

  /** An operation in the answer. */
  record Line(String resource, String operation, Map<String, String> options) {}
}
