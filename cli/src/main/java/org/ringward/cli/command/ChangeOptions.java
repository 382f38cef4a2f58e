package org.ringward.cli.command;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command has that changes something. */
final class ChangeOptions {
  @Option(
      names = {"-n", "--dry-run"},
      order = 81,
      description = "Only show what would change, and what would follow.")
  private boolean dryRun;

  @Option(
      names = "--wait",
      order = 82,
      arity = "0..1",
      paramLabel = "TIME",
      fallbackValue = "300s",
      description =
          "Come back only when all that follows is done, at most so long (without a time:"
              + " ${FALLBACK-VALUE}).")
  private @Nullable Duration wait;

  @Option(
      names = "--reason",
      order = 83,
      paramLabel = "TEXT",
      description = "Why; recorded with the author.")
  private @Nullable String reason;

  boolean dryRun() {
    return dryRun;
  }

  /** How long to wait for what follows, null for not at all. */
  @Nullable Duration patience() {
    return wait;
  }

  @Nullable String reason() {
    return reason;
  }
}
