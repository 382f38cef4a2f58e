package org.ringward.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stands for the witness in the help; {@code ./ringward witness run} starts another program. */
@Command(
    name = "run",
    header = "Run the witness (as systemd does).",
    description =
        "Runs the witness in the foreground until SIGTERM. Votes that it gave stay valid until they"
            + " run out; started again, it gives them to nobody else before that.",
    footer = {"Examples:", "  ringward witness run --listen 192.0.2.7:5408"})
final class WitnessRunCommand implements Callable<Integer> {
  @Option(
      names = "--listen",
      paramLabel = "[ADDRESS:]PORT",
      description = "Where nodes connect, by TCP (default: port 5408 of every address).")
  private @Nullable String listen;

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description = "The witness's files (default: /var/lib/ringward-witness).")
  private @Nullable String stateDir;

  @Option(
      names = "--connections",
      paramLabel = "NUMBER",
      description = "Connections at most (default: 1000).")
  private @Nullable String connections;

  @Parameters(hidden = true)
  private List<String> others = List.of();

  @Override
  public Integer call() {
    boolean any = listen != null || stateDir != null || connections != null || !others.isEmpty();
    throw new OperatorException(
        ExitCode.USAGE,
        "The witness is a program of its own that ./ringward starts; run './ringward witness run%s'."
            .formatted(any ? " ..." : ""));
  }
}
