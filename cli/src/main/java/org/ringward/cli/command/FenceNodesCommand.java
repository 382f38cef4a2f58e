package org.ringward.cli.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.FencingReport;
import org.ringward.core.cib.Known;
import picocli.CommandLine.Parameters;

/** A view of what is known of every node, or of one. */
abstract class FenceNodesCommand extends FenceReportCommand {
  @Parameters(arity = "0..1", paramLabel = "NODE", description = "Only this node.")
  private @Nullable String node;

  FenceNodesCommand(Environment environment) {
    super(environment);
  }

  @Override
  final FencingReport shown(FencingReport report) {
    String name = node;
    if (name == null) {
      return report;
    }
    if (report.nodes().stream().noneMatch(line -> line.name().equals(name))) {
      List<String> known = report.nodes().stream().map(FencingReport.NodeLine::name).toList();
      throw Known.unknown("node", name, known);
    }
    return new FencingReport(
        report.node(),
        report.devices(),
        report.nodes().stream().filter(line -> line.name().equals(name)).toList(),
        report.history().stream().filter(line -> line.target().equals(name)).toList(),
        report.warnings());
  }
}
