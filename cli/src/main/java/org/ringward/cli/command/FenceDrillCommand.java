package org.ringward.cli.command;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Question;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.FencingReport;
import org.ringward.core.admin.FencingReport.EntryLine;
import org.ringward.core.base.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "drill",
    header = "Fence a node that is well, to see that it works, and report.",
    description = {
      "Has a member reset by its fencing devices as if it were lost, waits for the proof, and tells"
          + " how long it took and who gave it. Everything on the node ends at once, and starts"
          + " elsewhere. When it was last drilled is shown by 'ringward fence status'.",
      "Refused for a node that is no member, and where no member has a device for it."
    },
    exitCodeList = {
      "1:you did not type the node's name, or no device could do it",
      "105:there is no such node",
      "106:no quorum, so nothing may be fenced",
      "107:it would show nothing"
    },
    footer = {
      "Examples:",
      "  ringward fence drill b",
      "  ringward fence drill b --within 2m --yes"
    })
final class FenceDrillCommand extends ClusterCommand {
  private static final long LOOK_MILLIS = 200;

  @ParentCommand private @Nullable FenceCommand parent;

  @Parameters(paramLabel = "NODE", description = "The node.")
  private String node = "";

  @Option(
      names = "--within",
      paramLabel = "TIME",
      defaultValue = "60s",
      description = "How long the proof may take (default: ${DEFAULT-VALUE}).")
  private Duration within = Duration.ZERO;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask for the node's name.")
  private boolean yes;

  FenceDrillCommand(Environment environment) {
    super(environment);
  }

  @Override
  public Integer call() {
    connectAs(parent);
    if (!yes && !agreed()) {
      return ExitCode.ERROR.number();
    }
    List<EntryLine> before = history();
    long begin = System.nanoTime();
    AdminReply ordered =
        ask(Verb.FENCE, options("node", node, "action", "reboot", "drill", "true"));
    if (ordered.exitCode() != 0) {
      return tell(ordered);
    }
    return report(before, begin);
  }

  private boolean agreed() {
    environment()
        .errors()
        .println("Node %s is reset now, and everything on it ends at once.".formatted(node));
    boolean same = new Question(environment()).ask("Type the node's name to agree: ").equals(node);
    if (!same) {
      environment().output().println("That is not its name; nothing was fenced.");
    }
    return same;
  }

  private List<EntryLine> history() {
    FencingReport report = report(ask(Verb.FENCING, options()), FencingReport.class);
    return report.history().stream().filter(each -> each.target().equals(node)).toList();
  }

  private int report(List<EntryLine> before, long begin) {
    String failure = "";
    while (System.nanoTime() - begin < within.toNanos()) {
      Optional<EntryLine> newest =
          history().stream()
              .filter(each -> !before.contains(each) && !each.state().equals("running"))
              .findFirst();
      String took =
          String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - begin) / 1_000_000_000.0);
      if (newest.isPresent() && newest.get().state().equals("succeeded")) {
        environment()
            .output()
            .println(
                "%s was proven down after %s: %s.".formatted(node, took, newest.get().result()));
        return ExitCode.OK.number();
      }
      failure = newest.map(EntryLine::result).orElse(failure);
      pause();
    }
    environment()
        .errors()
        .println(
            "ringward: %s was not proven down within %d s%s; it is tried on ('ringward fence history')."
                .formatted(
                    node,
                    within.toSeconds(),
                    failure.isEmpty() ? "" : ", the last attempt: " + failure));
    return ExitCode.ERROR.number();
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
