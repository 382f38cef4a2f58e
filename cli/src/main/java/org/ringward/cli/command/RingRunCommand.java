package org.ringward.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stands for the ring's program in the help, as {@link DaemonCommand} does for the daemon. */
@Command(
    name = "run",
    header = "Run this node's ring alone, for other programs.",
    description = {
      "Makes this machine a node of the ring, without a cluster above it, as a bare Corosync daemon"
          + " does, and serves programs of this machine over the client socket ring.sock in the run"
          + " directory (docs/client-protocol.md). 'ringward ring status', 'links' and 'reload' work"
          + " with it.",
      "Runs in the foreground until SIGTERM, then leaves the ring. Root and the users and groups of"
          + " uidgid in a corosync.conf may use the client socket."
    },
    exitCodeList = "78:the configuration file or the key has an error",
    footer = {
      "Examples:",
      "  ringward ring run --config /etc/ringward/ringward.yaml",
      "  ringward ring run --config /etc/corosync/corosync.conf"
    })
final class RingRunCommand implements Callable<Integer> {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "The node's own settings, or a corosync.conf (default: /etc/ringward/ringward.yaml).")
  private String config = "FILE";

  @Option(names = "--debug", description = "Log everything.")
  private boolean debug;

  @Parameters(hidden = true)
  private List<String> others = List.of();

  @Override
  public Integer call() {
    throw new OperatorException(
        ExitCode.USAGE,
        "The ring is a program of its own that ./ringward starts; run './ringward ring run --config"
            + " %s'.".formatted(debug || !others.isEmpty() ? "FILE" : config));
  }
}
