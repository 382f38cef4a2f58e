package org.ringward.cli.command;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.ringward.cli.client.AdminJson;
import org.ringward.cli.render.StatusText;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.StatusReport;
import org.ringward.core.base.OperatorException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "status",
    header = "Show nodes, resources and what is wrong.",
    description = {
      "Shows the cluster as the node of this daemon sees it: membership and quorum, every node and"
          + " resource, recent failures and fencing.",
      "Nothing is changed and nothing is asked of other nodes."
    },
    footer = {
      "Examples:",
      "  ringward status",
      "  ringward status --watch",
      "  ringward status --output json | jq -r '.nodes[].name'"
    })
final class StatusCommand extends ClusterCommand {
  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = {"-w", "--watch"},
      description =
          "Show it again and again until you press Ctrl-C; elsewhere than on a terminal,"
              + " whenever it changes.")
  private boolean watch;

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      defaultValue = "1s",
      description = "Time between two looks with --watch (default: ${DEFAULT-VALUE}).")
  private Duration interval = Duration.ZERO;

  StatusCommand(Environment environment) {
    super(environment);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (watch) {
      return watch();
    }
    AdminReply reply = ask(Verb.STATUS, options());
    if (reply.exitCode() == 0) {
      print(text(reply));
    }
    return tell(reply);
  }

  private List<String> text(AdminReply reply) {
    StatusReport report = report(reply, StatusReport.class);
    if (output.json()) {
      return List.of(watch ? AdminJson.compact(report) : AdminJson.pretty(report));
    }
    return StatusText.lines(report, environment());
  }

  /** A daemon that is away is shown as such; it may come back. */
  private int watch() throws InterruptedException {
    List<String> before = List.of();
    boolean redraw = environment().outputIsTerminal() && !output.json();
    while (true) {
      List<String> lines = look();
      if (redraw) {
        redraw(lines);
      } else if (!lines.equals(before)) {
        print(lines);
        environment().output().flush();
      }
      before = lines;
      Thread.sleep(interval);
    }
  }

  private List<String> look() {
    try {
      AdminReply reply = ask(Verb.STATUS, options());
      return reply.exitCode() == 0 ? text(reply) : List.of(reply.message());
    } catch (OperatorException exception) {
      return List.of(exception.sentence());
    }
  }

  /** Writes over what is there and then clears the rest, so that nothing flickers. */
  private void redraw(List<String> lines) {
    StringBuilder screen = new StringBuilder("\u001b[H");
    lines.forEach(line -> screen.append(line).append("\u001b[K\n"));
    screen.append("\u001b[J");
    PrintStream out = environment().output();
    out.print(screen);
    out.flush();
  }
}
