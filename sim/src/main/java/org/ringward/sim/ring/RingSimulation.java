package org.ringward.sim.ring;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringward.sim.Result;
import org.ringward.sim.check.VirtualSynchrony;
import org.ringward.sim.faults.Chaos;
import org.ringward.sim.faults.Swarm;
import org.ringward.sim.machine.Cluster;
import org.ringward.sim.machine.Machine;
import org.ringward.sim.machine.Setup;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Tally;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.Trace;
import org.ringward.sim.world.Violation;
import org.ringward.sim.world.World;

/**
 * One run of one seed with daemons that are only a ring: all its faults, a random load of messages,
 * and every delivery checked. In the end, without faults, there must be one ring that has delivered
 * everything.
 */
public final class RingSimulation {
  private static final byte[] KEY = new byte[64];

  private RingSimulation() {}

  /**
   * Runs a seed.
   *
   * @param seconds virtual time, at least 20
   * @param reader takes the story line by line, null when nobody reads it
   */
  public static Result run(long seed, int seconds, @Nullable Consumer<String> reader) {
    World world = new World(seed, new Trace(reader));
    Swarm swarm = Swarm.draw(world.fork("swarm"));
    Chance chance = world.fork("plan");
    VirtualSynchrony synchrony = new VirtualSynchrony();
    Workload workload = new Workload(world, synchrony);
    world.watch(synchrony);
    world.watch(workload);
    Tally tally = new Tally();
    world.watch(tally);
    Setup setup = swarm.setup();
    long every = chance.oneOf(10 * Time.MILLIS, 50 * Time.MILLIS, 300 * Time.MILLIS);
    Cluster cluster =
        new Cluster(
            world,
            setup.machines(),
            (machine, life) ->
                new RingProgram(machine, life, setup.settings(machine.id()), KEY, workload, every));
    Chaos chaos = new Chaos(cluster, swarm, tally, cluster::allAlive, _ -> true);
    long end = seconds * Time.SECONDS;
    for (Machine machine : cluster.machines()) {
      machine.bootTime(100 * Time.MILLIS, 2 * Time.SECONDS);
      world.after(chance.between(0, Time.SECONDS), machine.id(), machine::powerOn);
    }
    world.after(chance.between(0, 5 * Time.SECONDS), 0, chaos::begin);
    world.at(end * 6 / 10, 0, chaos::stop);
    world.at(end - 3 * Time.SECONDS, 0, workload::quiet);
    String failure = null;
    try {
      world.runUntil(end);
      String missing = workload.missing(cluster.count());
      if (reader != null) {
        reader.accept(
            "%d deliveries, %d compared, %d ways between rings compared"
                .formatted(
                    workload.deliveries(), synchrony.compared(), synchrony.passagesCompared()));
      }
      failure = missing == null ? null : "settles: " + missing;
    } catch (Violation violation) {
      failure = violation.getMessage();
      Throwable cause = violation.getCause();
      if (reader != null && cause != null) {
        for (StackTraceElement element : cause.getStackTrace()) {
          reader.accept("    at " + element);
        }
      }
    }
    double virtual = (double) world.now() / Time.SECONDS;
    return new Result(
        seed, failure, world.trace().hash(), world.trace().events(), virtual, tally.counts());
  }
}
