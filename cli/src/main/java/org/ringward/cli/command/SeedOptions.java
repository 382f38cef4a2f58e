package org.ringward.cli.command;

import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import picocli.CommandLine.Option;

/** Which runs of a simulation, and how many at a time. */
final class SeedOptions {
  @Option(
      names = "--seeds",
      required = true,
      paramLabel = "A..B",
      description = "The seeds, both ends included, or a single one.")
  private String seeds = "";

  @Option(
      names = "--jobs",
      paramLabel = "NUMBER",
      description = "How many at a time (default: one for each processor).")
  private int jobs = Runtime.getRuntime().availableProcessors();

  /** As it was given. */
  String seeds() {
    return seeds;
  }

  SeedRange range() {
    return SeedRange.parse(seeds);
  }

  /** At least 1. */
  int jobs() {
    if (jobs < 1) {
      throw refused("--jobs is %d, but must be at least 1".formatted(jobs));
    }
    return jobs;
  }

  static OperatorException refused(String sentence) {
    return new OperatorException(ExitCode.USAGE, sentence + ".");
  }
}
