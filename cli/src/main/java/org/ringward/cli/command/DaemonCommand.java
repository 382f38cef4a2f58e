package org.ringward.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Stands for the daemon in the help. {@code ./ringward daemon} starts another program, because a
 * daemon must not carry the command line along; only its help comes here.
 */
@Command(
    name = "daemon",
    header = "Run this node (as systemd does).",
    description =
        "Runs the node in the foreground until SIGTERM: joins the ring, runs resources, fences lost"
            + " nodes. On SIGTERM it moves its resources away first.",
    exitCodeList = {
      "78:the configuration file or the key has an error",
      "100:the node must not be started again before a person has looked"
    },
    footer = {"Examples:", "  ringward daemon --config /etc/ringward/ringward.yaml"})
final class DaemonCommand implements Callable<Integer> {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "The node's own settings: its name, the ring, the paths; or a corosync.conf (default:"
              + " /etc/ringward/ringward.yaml).")
  private String config = "FILE";

  @Option(
      names = "--check-config",
      paramLabel = "FILE",
      description = "Read the settings, say what is wrong with them, start nothing.")
  private @Nullable String checked;

  @Option(names = "--debug", description = "Log everything.")
  private boolean debug;

  @Parameters(hidden = true)
  private List<String> others = List.of();

  @Override
  public Integer call() {
    throw new OperatorException(
        ExitCode.USAGE,
        "The daemon is a program of its own that ./ringward starts; run './ringward daemon --config %s'."
            .formatted(checked != null || debug || !others.isEmpty() ? "FILE" : config));
  }
}
