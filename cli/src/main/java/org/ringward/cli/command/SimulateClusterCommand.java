package org.ringward.cli.command;

import java.util.Set;
import java.util.concurrent.Callable;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Progress;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.sim.SimulateCluster;
import org.ringward.sim.faults.LadderRung;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "simulate-cluster",
    header = "Try whole clusters in a simulated world of faults.",
    description = {
      "Runs whole clusters of the real code on simulated time, with messages lost and delayed, nodes"
          + " paused, crashed and cut off, disks and agents that fail. At every step it checks what"
          + " must always hold, such as that nothing runs twice.",
      "Everything follows from a seed: the same seed gives the same story on every machine."
    },
    exitCodeList = "1:a rule was broken; the seed and its story are shown",
    footer = {
      "Examples:",
      "  ringward simulate-cluster --seeds 1..2000",
      "  ringward simulate-cluster --seeds 4711 --trace",
      "  ringward simulate-cluster --seeds 1..2000 --without power"
    })
final class SimulateClusterCommand implements Callable<Integer> {
  private final Environment environment;

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

  @Option(
      names = "--seconds",
      paramLabel = "NUMBER",
      defaultValue = "60",
      description = "Simulated seconds of each run (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--without",
      paramLabel = "RUNG,...",
      description =
          "Rungs of the fencing ladder that no cluster has: leave, surrender, watchdog, access,"
              + " power, person.")
  private String without = "";

  @Option(names = "--trace", description = "Tell the story of every run, line by line.")
  private boolean trace;

  SimulateClusterCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    SimulateCluster.Order order = order();
    if (trace) {
      return SimulateCluster.run(order, environment.output());
    }
    try (Progress _ = new Progress(environment, "simulating " + seeds)) {
      return SimulateCluster.run(order, environment.output());
    }
  }

  private SimulateCluster.Order order() {
    SeedRange range = SeedRange.parse(seeds);
    if (jobs < 1 || seconds < 1) {
      throw refused("--jobs and --seconds must be at least 1");
    }
    return new SimulateCluster.Order(
        range.first(), range.last(), jobs, seconds, trace, rungs(without));
  }

  private static Set<LadderRung> rungs(String list) {
    try {
      return LadderRung.parse(list);
    } catch (IllegalArgumentException unknown) {
      throw refused("--without: " + unknown.getMessage());
    }
  }

  private static OperatorException refused(String sentence) {
    return new OperatorException(ExitCode.USAGE, sentence + ".");
  }
}
