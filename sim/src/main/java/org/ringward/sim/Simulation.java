package org.ringward.sim;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.DocumentReport;
import org.ringward.core.admin.PlanReport;
import org.ringward.core.admin.QuorumReport;
import org.ringward.core.admin.RegionsReport;
import org.ringward.core.admin.StatusReport;
import org.ringward.sim.faults.Bait;
import org.ringward.sim.faults.Chaos;
import org.ringward.sim.faults.LadderRung;
import org.ringward.sim.faults.NetworkDeviceChaos;
import org.ringward.sim.faults.QuorumDiskChaos;
import org.ringward.sim.faults.RegionChaos;
import org.ringward.sim.faults.Swarm;
import org.ringward.sim.lease.Applications;
import org.ringward.sim.lease.Talks;
import org.ringward.sim.machine.Cluster;
import org.ringward.sim.machine.Machine;
import org.ringward.sim.machine.Setup;
import org.ringward.sim.operator.Console;
import org.ringward.sim.operator.Questions;
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
  /** A shorter run has no time to form, fail and settle. */
  public static final int SECONDS_LEAST = 30;

  private static final long TIDY_UP_AFTER = 5 * Time.SECONDS;
  private static final long TIDY_UP_AGAIN_AFTER = 10 * Time.SECONDS;

  /** Before the end nobody talks any more. */
  private static final long SILENCE = 2 * Time.SECONDS;

  private static final long WATCHDOGS = 0x77617463_68646f67L;
  private static final long QUORUM_DISK = 0x7175_6f72_6469_736bL;
  private static final long NETWORK_DEVICE = 0x6e65_745f_6465_7669L;
  private static final long VOTES = 0x766f7465_71756f72L;
  private static final long WEIGHTS = 0x70726973_77656967L;
  private static final long ACCESS = 0x61636365_73732121L;
  private static final long REGIONS = 0x68656172_74626561L;
  private static final long LEASES = 0x6c656173_65686f6cL;
  private static final long TALKS = 0x74616c6b_696e6767L;
  private static final long LADDER = 0x6c616464_65726661L;

  /** Programs share resources in one of so many runs. */
  private static final int LEASES_ONE_IN = 3;

  /** Programs talk in groups in one of so many runs. */
  private static final int TALKS_ONE_IN = 4;

  private final long seed;
  private final long end;
  private final Trace trace;
  private final World world;
  private final Swarm swarm;
  private final Set<LadderRung> without;
  private final Setup setup;
  private final QuorumDiskChaos diskChaos;
  private final NetworkDeviceChaos deviceChaos;
  private final RegionChaos regionChaos;
  private final Questions questions;
  private final Stage stage;
  private final Cluster cluster;
  private final Staff staff;
  private final Chaos chaos;
  private final @Nullable Applications applications;
  private final @Nullable Talks talks;

  private Simulation(
      long seed, int seconds, Set<LadderRung> without, @Nullable Consumer<String> reader) {
    this.seed = seed;
    this.end = seconds * Time.SECONDS;
    this.trace = new Trace(reader);
    this.world = new World(seed, trace);
    this.swarm =
        Swarm.draw(
            world.fork("swarm"),
            new Chance(seed ^ WATCHDOGS),
            new Chance(seed ^ VOTES),
            new Chance(seed ^ WEIGHTS),
            new Chance(seed ^ ACCESS),
            new Chance(seed ^ LADDER),
            without);
    this.diskChaos = new QuorumDiskChaos(new Chance(seed ^ QUORUM_DISK));
    int machines = swarm.setup().machines();
    this.deviceChaos = new NetworkDeviceChaos(machines, new Chance(seed ^ NETWORK_DEVICE));
    Chance regions = new Chance(seed ^ REGIONS);
    this.regionChaos = new RegionChaos(machines, regions.fork("faults"));
    this.setup = regionChaos.in(deviceChaos.in(diskChaos.in(swarm.setup())));
    this.stage = new Stage(world, setup, regions.fork("media"));
    this.cluster = stage.cluster();
    cluster.quorumDisk().drawsFrom(diskChaos.forDisk());
    deviceChaos.prepare(cluster);
    this.questions =
        new Questions(
            cluster, stage.console(), stage.heardNodes()::connected, regions.fork("questions"));
    this.staff = new Staff(cluster, swarm.setup(), stage.console());
    if (without.contains(LadderRung.LEAVE)) {
      staff.never(Verb.SHUTDOWN);
    }
    if (without.contains(LadderRung.PERSON)) {
      staff.never(Verb.CONFIRM);
    }
    if (without.contains(LadderRung.POWER) || !LadderShares.canShoot(setup)) {
      // What nothing can do is tried until the end.
      staff.never(Verb.FENCE);
    }
    this.without = without;
    Chance leases = new Chance(seed ^ LEASES);
    this.applications =
        leases.oneIn(LEASES_ONE_IN) ? new Applications(cluster, leases, stage.tally()) : null;
    Chance talking = new Chance(seed ^ TALKS);
    this.talks = talking.oneIn(TALKS_ONE_IN) ? new Talks(cluster, talking, stage.tally()) : null;
    stage.whenForgotten(() -> {
      stage.tally().count("two sides in a row without a node in common");
      staff.beginAnew();
      if (applications != null) {
        applications.forgotten();
      }
      if (talks != null) {
        talks.forgotten();
      }
    });
    this.chaos =
        new Chaos(
            cluster,
            swarm,
            stage.tally(),
            () -> stage.views().unsettled(cluster.count()) == null,
            stage.views()::isStoredBeside);
  }

  /** Runs a seed for 60 seconds of virtual time. */
  public static Result run(long seed) {
    return run(seed, 60, null);
  }

  /**
   * Runs a seed.
   *
   * @param seconds virtual time, at least {@link #SECONDS_LEAST}
   * @param reader takes the story line by line, null when nobody reads it
   */
  public static Result run(long seed, int seconds, @Nullable Consumer<String> reader) {
    return run(seed, seconds, reader, Bait.NONE);
  }

  /**
   * The same without some rungs of the ladder; everything else is drawn as ever.
   *
   * @param without rungs that are not there
   */
  public static Result run(
      long seed, int seconds, @Nullable Consumer<String> reader, Set<LadderRung> without) {
    return new Simulation(seed, seconds, without, reader).run();
  }

  /** The same in a world that breaks its promises. */
  public static Result run(long seed, int seconds, @Nullable Consumer<String> reader, Bait bait) {
    Simulation simulation = new Simulation(seed, seconds, EnumSet.noneOf(LadderRung.class), reader);
    bait.lay(simulation.cluster);
    return simulation.run();
  }

  private Result run() {
    String failure = null;
    try {
      plan();
      world.runUntil(end);
      examineEverybody();
      world.runUntil(end + 2 * Time.SECONDS);
    } catch (Violation violation) {
      failure = violation.getMessage();
      tellCause(violation);
    }
    return new Result(
        seed,
        failure,
        trace.hash(),
        trace.events(),
        (double) world.now() / Time.SECONDS,
        stage.tally().counts());
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
    world.after(
        chance.between(Time.MILLIS, 10 * Time.SECONDS),
        0,
        () -> {
          chaos.begin();
          regionChaos.begin(cluster, stage.tally());
        });
    world.after(3 * Time.SECONDS, 0, () -> diskChaos.begin(cluster, stage.tally()));
    world.after(3 * Time.SECONDS, 0, () -> deviceChaos.begin(stage.tally()));
    SeedKinds.of(setup).forEach(stage.tally()::count);
    boolean orders = swarm.orderEveryNanos() != Time.NEVER;
    LadderShares.of(setup, orders, without).forEach(stage.tally()::count);
    if (swarm.orderEveryNanos() != Time.NEVER) {
      staff.workEvery(swarm.orderEveryNanos());
    }
    long calm = end * 6 / 10;
    if (!cluster.media().regions().isEmpty()) {
      questions.ask();
    }
    world.at(calm, 0, chaos::stop);
    if (applications != null) {
      applications.begin();
      world.at(calm + TIDY_UP_AFTER, 0, applications::rest);
    }
    if (talks != null) {
      talks.begin();
      world.at(calm, 0, talks::rest);
      world.at(end - SILENCE, 0, talks::fallSilent);
    }
    world.at(calm, 0, () -> regionChaos.stop(cluster));
    world.at(calm, 0, () -> diskChaos.stop(cluster));
    world.at(calm, 0, deviceChaos::stop);
    world.at(calm, 0, staff::rest);
    world.at(calm + TIDY_UP_AFTER, 0, staff::tidyUp);
    world.at(calm + TIDY_UP_AGAIN_AFTER, 0, staff::tidyUp);
  }

  /** The time is over: nobody's change may be lost, and the cluster must be settled. */
  private void examineEverybody() {
    for (Machine machine : cluster.machines()) {
      ask(machine, Verb.CONFIGURATION, null, reply -> examine(machine, reply));
    }
    world.runUntil(end + Time.SECONDS);
    if (applications != null) {
      applications.examine();
    }
    if (talks != null) {
      talks.examine();
    }
    String missing = stage.settles().missing();
    if (missing != null) {
      throw new Violation("settles", missing);
    }
  }

  private void examine(Machine machine, AdminReply reply) {
    if (!(reply.report() instanceof DocumentReport document)) {
      throw new Violation("settles", machine.name() + " shows no configuration: " + reply);
    }
    List<String> missing = staff.ledger().missingIn(document.text());
    if (!missing.isEmpty()) {
      throw new Violation(
          "acknowledged changes",
          machine.name() + " has lost " + missing + ", which were acknowledged");
    }
    ask(machine, Verb.STATUS, null, status -> mustBeSettled(machine, status));
    ask(machine, Verb.PLAN, document.text(), plan -> mustPlanNothing(machine, plan));
    ask(machine, Verb.REGIONS, null, regions -> mustSeeEverybody(machine, regions));
    if (setup.quorum().device().isPresent() && !deviceChaos.isPatient()) {
      ask(machine, Verb.QUORUM_STATUS, null, quorum -> mustHaveTheVote(machine, quorum));
    }
  }

  /** A device that works votes for a cluster that is whole. */
  private static void mustHaveTheVote(Machine machine, AdminReply reply) {
    if (!(reply.report() instanceof QuorumReport report)) {
      throw new Violation("settles", machine.name() + " shows no quorum: " + reply);
    }
    QuorumReport.DeviceLine device = report.device();
    if (device == null || !device.castsVote()) {
      throw new Violation(
          "settles",
          "%s does not count the vote of the quorum device: %s, %s"
              .formatted(machine.name(), device, report.outlook()));
    }
  }

  private static void mustSeeEverybody(Machine machine, AdminReply reply) {
    if (!(reply.report() instanceof RegionsReport report)) {
      throw new Violation("settles", machine.name() + " shows no regions: " + reply);
    }
    for (RegionsReport.RegionLine region : report.regions()) {
      for (RegionsReport.SightLine sight : region.sights()) {
        if (!sight.state().equals("seen") || !region.state().equals("ok")) {
          throw new Violation(
              "settles",
              "%s says of %s on region %s: %s; the region is %s %s"
                  .formatted(
                      machine.name(),
                      sight.node(),
                      region.name(),
                      sight.state(),
                      region.state(),
                      region.detail()));
        }
      }
    }
  }

  private static void mustBeSettled(Machine machine, AdminReply reply) {
    if (!(reply.report() instanceof StatusReport status) || !status.settled()) {
      throw new Violation("settles", machine.name() + " says that it is not settled: " + reply);
    }
  }

  private static void mustPlanNothing(Machine machine, AdminReply reply) {
    if (!(reply.report() instanceof PlanReport report) || !report.changes().isEmpty()) {
      throw new Violation(
          "settles", "a second schedule on " + machine.name() + " is not empty: " + reply);
    }
  }

  private void ask(
      Machine machine, Verb verb, @Nullable String document, Consumer<AdminReply> then) {
    stage
        .console()
        .ask(
            cluster,
            machine.id(),
            Console.request(verb, document, "format", "xml", "file", "same.xml"),
            then);
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
}
