package org.ringward.cli.command;

import static org.ringward.cli.terminal.Table.cell;

import java.util.List;
import org.ringward.cli.render.Moment;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Palette.Tone;
import org.ringward.cli.terminal.Table;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.HistoryReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "history",
    header = "List the configurations that were in force.",
    description = {
      "The latest 50 that the node of this daemon has, oldest first; the last is in force. Every node"
          + " keeps what it saw, over restarts; what was changed while it was away is one line without"
          + " an author, and in the history of the others.",
      "A version with ~ was in force on one side of a split cluster only, and was given up for what the"
          + " other side had done. It is not lost: config show, diff and rollback take its name."
    },
    footer = {"Examples:", "  ringward config history", "  ringward config history --full"})
final class ConfigHistoryCommand extends ClusterCommand {
  private static final String ASIDE = " [given up when the nodes met again]";

  @Option(
      names = {"-f", "--full"},
      description = "With what each changed.")
  private boolean full;

  @Mixin private OutputOption output = new OutputOption();

  ConfigHistoryCommand(Environment environment) {
    super(environment);
  }

  @Override
  public Integer call() {
    AdminReply reply = ask(Verb.HISTORY, options());
    if (reply.exitCode() != 0) {
      return tell(reply);
    }
    HistoryReport history = report(reply, HistoryReport.class);
    if (output.json()) {
      printJson(history);
    } else {
      print(lines(history.entries()));
    }
    return 0;
  }

  private List<String> lines(List<HistoryReport.Entry> entries) {
    Moment moment = new Moment(environment());
    Table table = new Table("");
    for (HistoryReport.Entry each : entries) {
      String reason = each.reason().isEmpty() ? "" : "(" + each.reason() + ")";
      table.row(
          cell(Tone.STRONG, each.version()),
          cell(each.wallMillis() == 0 ? "" : moment.time(each.wallMillis())),
          cell(Tone.NAME, each.author()),
          cell((each.what() + " " + reason).strip() + (each.aside() ? ASIDE : "")));
      if (full) {
        each.changes()
            .forEach(change -> table.row(cell(""), cell(""), cell(""), cell("  " + change)));
      }
    }
    return table.lines(environment().palette());
  }
}
