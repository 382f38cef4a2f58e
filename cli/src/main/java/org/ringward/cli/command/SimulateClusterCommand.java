package org.ringward.cli.command;

import java.util.Set;
import java.util.concurrent.Callable;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Progress;
import org.ringward.sim.SimulateCluster;
import org.ringward.sim.Simulation;
import org.ringward.sim.faults.LadderRung;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private SeedOptions runs = new SeedOptions();

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
    try (Progress _ = new Progress(environment, "simulating " + runs.seeds())) {
      return SimulateCluster.run(order, environment.output());
    }
  }

  private SimulateCluster.Order order() {
    SeedRange range = runs.range();
    int jobs = runs.jobs();
    if (seconds < Simulation.SECONDS_LEAST) {
      throw SeedOptions.refused(
          "--seconds is %d, but a cluster needs at least %d to form, fail and settle"
              .formatted(seconds, Simulation.SECONDS_LEAST));
    }
    return new SimulateCluster.Order(
        range.first(), range.last(), jobs, seconds, trace, rungs(without));
  }

  private static Set<LadderRung> rungs(String list) {
    try {
      return LadderRung.parse(list);
    } catch (IllegalArgumentException unknown) {
      throw SeedOptions.refused("--without: " + unknown.getMessage());
    }
  }
}
