package org.ringward.cli.command;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Progress;
import org.ringward.sim.SimulateRing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "simulate-ring",
    header = "Try the ring alone in a simulated world of faults.",
    description = {
      "Runs rings of 2 to 16 nodes of the real code on simulated time, with messages lost, repeated"
          + " and delayed, nodes paused, killed, restarted and cut off. Each run's recording is"
          + " checked for extended virtual synchrony, and in the end all must be one ring that has"
          + " delivered everything.",
      "Everything follows from a seed: the same seed gives the same story on every machine. A"
          + " failing seed is made smaller, and its story is shown."
    },
    exitCodeList = "1:a rule was broken; the seed and its story are shown",
    footer = {
      "Examples:",
      "  ringward simulate-ring --seeds 1..20000",
      "  ringward simulate-ring --seeds 4711 --trace",
      "  ringward simulate-ring --seeds 4711 --trace --nodes 3 --faults 2,5 --calm 800"
    })
final class SimulateRingCommand implements Callable<Integer> {
  private final Environment environment;

  @Mixin private SeedOptions runs = new SeedOptions();

  @Option(names = "--trace", description = "Tell the story of every run, line by line.")
  private boolean trace;

  @Option(
      names = "--nodes",
      paramLabel = "NUMBER",
      defaultValue = "0",
      description = "Only so many nodes of those the seed says, at least 2.")
  private int nodes;

  @Option(
      names = "--faults",
      paramLabel = "NUMBER",
      split = ",",
      description = "Only these faults of those the seed says; 0 for none.")
  private List<Integer> faults = List.of();

  @Option(
      names = "--calm",
      paramLabel = "MILLIS",
      defaultValue = "0",
      description = "The load and all faults end after so many milliseconds.")
  private int calm;

  SimulateRingCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    SimulateRing.Order order = order();
    if (trace) {
      return SimulateRing.run(order, environment.output());
    }
    try (Progress _ = new Progress(environment, "simulating " + runs.seeds())) {
      return SimulateRing.run(order, environment.output());
    }
  }

  private SimulateRing.Order order() {
    SeedRange range = runs.range();
    int jobs = runs.jobs();
    if (nodes == 1 || nodes < 0) {
      throw SeedOptions.refused("--nodes is %d, but a ring has at least 2".formatted(nodes));
    }
    if (calm < 0) {
      throw SeedOptions.refused("--calm is %d, but must be at least 1".formatted(calm));
    }
    Set<Integer> numbers = faults.isEmpty() ? null : new LinkedHashSet<>(faults);
    return new SimulateRing.Order(
        range.first(), range.last(), jobs, trace, new SimulateRing.Changes(nodes, numbers, calm));
  }
}
