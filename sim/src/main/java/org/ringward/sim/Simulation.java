package org.ringward.sim;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.DocumentReport;
import org.ringward.core.admin.PlanReport;
import org.ringward.sim.check.EqualStates;
import org.ringward.sim.check.ExclusiveResources;
import org.ringward.sim.check.OneCoordinator;
import org.ringward.sim.check.OneQuorateSide;
import org.ringward.sim.check.OrderlyLeave;
import org.ringward.sim.check.RecoveryNeedsProof;
import org.ringward.sim.check.Settles;
import org.ringward.sim.check.Views;
import org.ringward.sim.faults.Chaos;
import org.ringward.sim.faults.Swarm;
import org.ringward.sim.machine.Cluster;
import org.ringward.sim.machine.Machine;
import org.ringward.sim.machine.NodeProgram;
import org.ringward.sim.machine.Setup;
import org.ringward.sim.operator.Console;
import org.ringward.sim.operator.Staff;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.Trace;
import org.ringward.sim.world.Violation;
import org.ringward.sim.world.World;

/**
 * One run of one seed: a cluster of production nodes lives through what the seed decides. First
 * anything may fail, and safety must hold; then faults stop, and the cluster must settle.
 *
 * <p>The same seed and length give the same run, event by event, on any JVM.
 */
public final class Simulation {
  private static final byte[] KEY = key();
  private static final long TIDY_UP_AFTER = 5 * Time.SECONDS;
  private static final long TIDY_UP_AGAIN_AFTER = 10 * Time.SECONDS;
  private static final long LOOK_EVERY = 100 * Time.MILLIS;

  private final long seed;
  private final long end;
  private final Trace trace;
  private final World world;
  private final Swarm swarm;
  private final Console console;
  private final Cluster cluster;
  private final Views views;
  private final Staff staff;
  private final Chaos chaos;
  private final Settles settles;

  private Simulation(long seed, int seconds, @Nullable Consumer<String> reader) {
    this.seed = seed;
    this.end = seconds * Time.SECONDS;
    this.trace = new Trace(reader);
    this.world = new World(seed, trace);
    this.swarm = Swarm.draw(world.fork("swarm"));
    this.console = new Console(world);
    Setup setup = swarm.setup();
    this.cluster =
        new Cluster(
            world,
            setup.machines(),
            (machine, life) ->
                new NodeProgram(machine, life, setup.settings(machine.id()), KEY, console));
    this.views = new Views(List.of(new OneQuorateSide(), new OneCoordinator(), new EqualStates()));
    this.staff = new Staff(cluster, setup, console);
    this.chaos = new Chaos(cluster, swarm, () -> views.unsettled(cluster.count()) == null);
    this.settles = new Settles(cluster, views, setup.resources());
    world.watch(views);
    world.watch(new ExclusiveResources(cluster.truth()));
    world.watch(new RecoveryNeedsProof());
    world.watch(new OrderlyLeave(cluster.truth()));
  }

  /** Runs a seed for 60 seconds of virtual time. */
  public static Result run(long seed) {
    return run(seed, 60, null);
  }

  /**
   * Runs a seed.
   *
   * @param seconds virtual time, at least 30
   * @param reader takes the story line by line, null when nobody reads it
   */
  public static Result run(long seed, int seconds, @Nullable Consumer<String> reader) {
    return new Simulation(seed, seconds, reader).run();
  }

  private Result run() {
    String failure = null;
    try {
      plan();
      world.runUntil(end);
      finish();
    } catch (Violation violation) {
      failure = violation.getMessage();
      tellCause(violation);
    }
    return new Result(
        seed, failure, trace.hash(), trace.events(), (double) world.now() / Time.SECONDS);
  }

  /** The acts of the play: power, first configuration, faults, silence, tidying up. */
  private void plan() {
    Chance chance = world.fork("plan");
    if (trace.told()) {
      world.tell(0, "* " + cluster.count() + " machines, " + swarm);
    }
    for (Machine machine : cluster.machines()) {
      machine.bootTime(500 * Time.MILLIS, 3 * Time.SECONDS);
      world.after(chance.between(0, 2 * Time.SECONDS), machine.id(), machine::powerOn);
    }
    world.after(3 * Time.SECONDS, 0, staff::install);
    world.after(chance.between(Time.MILLIS, 10 * Time.SECONDS), 0, chaos::begin);
    if (swarm.orderEveryNanos() != Time.NEVER) {
      staff.workEvery(swarm.orderEveryNanos());
    }
    long calm = end * 6 / 10;
    world.at(calm, 0, chaos::stop);
    world.at(calm + TIDY_UP_AFTER, 0, staff::tidyUp);
    world.at(calm + TIDY_UP_AGAIN_AFTER, 0, staff::tidyUp);
    world.after(LOOK_EVERY, 0, this::look);
  }

  private void look() {
    world.after(LOOK_EVERY, 0, this::look);
  }

  /** The time is over: the cluster must be settled, and nobody's change may be lost. */
  private void finish() {
    String missing = settles.missing();
    if (missing != null) {
      throw new Violation("settles", missing);
    }
    for (Machine machine : cluster.machines()) {
      console.ask(
          cluster,
          machine.id(),
          Console.request(Verb.CONFIGURATION, null, "format", "xml"),
          reply -> examine(machine, reply));
    }
    world.runUntil(end + 2 * Time.SECONDS);
  }

  private void examine(Machine machine, AdminReply reply) {
    if (!(reply.report() instanceof DocumentReport(var _, var _, String text))) {
      throw new Violation("settles", machine.name() + " does not show its configuration");
    }
    List<String> missing = staff.ledger().missingIn(text);
    if (!missing.isEmpty()) {
      throw new Violation(
          "acknowledged changes",
          machine.name() + " has lost " + missing + ", which were acknowledged");
    }
    console.ask(
        cluster,
        machine.id(),
        Console.request(Verb.PLAN, text, "format", "xml", "file", "same.xml"),
        plan -> {
          if (!(plan.report() instanceof PlanReport report) || !report.changes().isEmpty()) {
            throw new Violation(
                "settles", "a second schedule on " + machine.name() + " is not empty: " + plan);
          }
        });
  }

  private void tellCause(Violation violation) {
    if (trace.told()) {
      world.tell(0, "* VIOLATION " + violation.getMessage());
      Throwable cause = violation.getCause();
      if (cause != null) {
        for (StackTraceElement element : cause.getStackTrace()) {
          world.tell(0, "    at " + element);
        }
      }
    }
  }

  private static byte[] key() {
    byte[] key = new byte[128];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (i * 7 + 1);
    }
    return key;
  }
}
