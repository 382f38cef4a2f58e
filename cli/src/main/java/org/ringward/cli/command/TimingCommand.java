package org.ringward.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.render.TimingText;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.TimingReport;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettingsYaml;
import org.ringward.core.config.Timing;
import org.ringward.ring.settings.FileTrouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "timing",
    header = "Show all times as one budget: how long a failover takes, and what must hold.",
    description = {
      "Shows every time of this node and its cluster with where it comes from (explicit, derived,"
          + " default), how long the ways from a lost node to its services take at worst, and the"
          + " chain of inequalities between the times, each with its numbers.",
      "What must hold and does not keeps a node from starting and a configuration from being"
          + " applied; other lines are warnings."
    },
    exitCodeList = {"78:an inequality that must hold does not, or the file has an error"},
    footer = {
      "Examples:",
      "  ringward timing",
      "  ringward timing --config /etc/ringward/ringward.yaml --output json"
    })
final class TimingCommand extends ClusterCommand {
  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Look at a node's settings in a file, without a daemon and without a cluster.")
  private @Nullable Path config;

  TimingCommand(Environment environment) {
    super(environment);
  }

  @Override
  public Integer call() {
    Path file = config;
    if (file != null) {
      return show(Timing.of(settings(file), Timing.Cluster.UNKNOWN));
    }
    AdminReply reply = ask(Verb.TIMING, options());
    return reply.exitCode() == 0 ? show(report(reply, TimingReport.class)) : tell(reply);
  }

  private int show(TimingReport report) {
    if (output.json()) {
      printJson(report);
    } else {
      print(TimingText.lines(report, environment().palette()));
    }
    return report.broken().isEmpty() ? 0 : ExitCode.CONFIGURATION.number();
  }

  private static NodeSettings settings(Path file) {
    try {
      String text = Files.readString(file);
      return NodeSettingsYaml.read(file.toString(), text, hostName());
    } catch (IOException e) {
      throw new OperatorException(
          ExitCode.NO_INPUT,
          "The file " + file + " cannot be read: " + FileTrouble.reason(e) + ".");
    }
  }

  private static String hostName() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException _) {
      return ""; // then the file has to say which node it is
    }
  }
}
