package org.ringward.sim.faults;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import org.ringward.sim.agents.Habits;
import org.ringward.sim.machine.Cluster;
import org.ringward.sim.machine.Machine;
import org.ringward.sim.medium.Lan;
import org.ringward.sim.power.Fabric;
import org.ringward.sim.power.PowerSwitch;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Tally;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.World;

/** Lets the faults of a run happen until they stop, and then mends everything. */
public final class Chaos {
  static final long USUAL_SLOWNESS = 100 * Time.MICROS;

  private final World world;
  private final Cluster cluster;
  private final Swarm swarm;
  private final Chance chance;
  private final BooleanSupplier calm;
  private final IntPredicate storedBeside;
  private final Tally tally;
  private final List<Fault> faults;
  private boolean over;

  /**
   * @param tally counts the faults
   * @param calm whether all nodes are members and hold the same state; some faults wait for it
   * @param storedBeside whether a machine other than this one has that state on its disk
   */
  public Chaos(
      Cluster cluster, Swarm swarm, Tally tally, BooleanSupplier calm, IntPredicate storedBeside) {
    this.tally = tally;
    this.cluster = cluster;
    this.world = cluster.world();
    this.swarm = swarm;
    this.calm = calm;
    this.storedBeside = storedBeside;
    this.chance = world.fork("chaos");
    this.faults = List.copyOf(swarm.faults());
    // What lives behind it is no fault: access may be cut before these begin (seed 1089097).
    Swarm.Access access = swarm.access();
    fabric().covers(access.covered(), access.byReservations(), access.chance());
  }

  /** The bad world begins: from now on faults happen until {@link #stop}. */
  public void begin() {
    usualNetwork();
    cluster.powerSwitch().habits(swarm.powerSwitch());
    fabric().habits(swarm.access().habits(), swarm.access().liesInMillion());
    for (Machine machine : cluster.machines()) {
      machine.agents().habits(swarm.agents());
    }
    if (!faults.isEmpty()) {
      next();
    }
    if (swarm.foreign()) {
      noise();
    }
    if (swarm.isolations().happen()) {
      isolateLater();
    }
  }

  private void isolateLater() {
    Chance when = swarm.isolations().chance();
    later(
        when.between(3 * Time.SECONDS, 8 * Time.SECONDS),
        () -> {
          tally.count("isolated for long");
          int machine = when.between(1, cluster.count());
          if (world.trace().told()) {
            world.tell(machine, "* the network does not reach it for long");
          }
          isolate(machine, world.now() + when.between(5 * Time.SECONDS, 14 * Time.SECONDS));
        });
  }

  /** Other faults may mend the network meanwhile: it is cut again. */
  private void isolate(int machine, long until) {
    boolean goesOn = world.now() < until;
    cluster.partition(1L << (machine - 1), goesOn, goesOn);
    if (goesOn) {
      later(50 * Time.MILLIS, () -> isolate(machine, until));
    } else {
      isolateLater();
    }
  }

  /** Everything is mended, and stays so: the time in which the cluster must settle begins. */
  public void stop() {
    over = true;
    if (world.trace().told()) {
      world.tell(0, "* all faults stop");
    }
    cluster.lan().mend();
    cluster.lan().quality(Lan.Quality.GOOD);
    cluster.powerSwitch().habits(PowerSwitch.Habits.GOOD);
    fabric().habits(PowerSwitch.Habits.GOOD, 0);
    for (Machine machine : cluster.machines()) {
      goodDisk(machine);
      machine.slowness(USUAL_SLOWNESS);
      machine.agents().habits(Habits.GOOD);
      machine.agents().releaseHanging();
      machine.restartsDaemon(true);
      machine.unpause();
    }
    caretaker();
  }

  private Fabric fabric() {
    return cluster.powerSwitch().fabric();
  }

  static void goodDisk(Machine machine) {
    machine.disk().full(false);
    machine.disk().delay(100 * Time.MICROS, 3 * Time.MILLIS);
  }

  void usualNetwork() {
    cluster.lan().quality(swarm.network());
  }

  boolean isCalm() {
    return calm.getAsBoolean();
  }

  /** The machine's disk is not the only one with what everybody holds. */
  boolean canSpareDisk(Machine machine) {
    return storedBeside.test(machine.id());
  }

  /** Something that follows from a fault, unless everything has been mended before. */
  void later(long delay, Runnable what) {
    world.after(
        delay,
        0,
        () -> {
          if (!over) {
            what.run();
          }
        });
  }

  private void next() {
    long every = swarm.faultEveryNanos();
    later(
        chance.between(every / 4, every * 7 / 4),
        () -> {
          Fault fault = chance.oneOf(faults);
          String did = fault.strike(this, cluster, chance);
          tally.count("fault " + fault + (did.equals("nothing") ? " without effect" : ""));
          if (world.trace().told()) {
            world.tell(0, "* fault: " + did);
          }
          next();
        });
    if (chance.oneIn(3)) {
      later(chance.between(Time.SECONDS, 6 * Time.SECONDS), this::restartDead);
    }
  }

  /** A machine that was fenced off or whose daemon stays down is looked after now and then. */
  private void restartDead() {
    for (Machine machine : cluster.machines()) {
      machine.restartsDaemon(true);
      machine.powerOn();
      if (chance.oneIn(2)) {
        machine.startDaemon();
      }
    }
  }

  private void noise() {
    later(
        chance.between(10 * Time.MILLIS, 500 * Time.MILLIS),
        () -> {
          cluster.lan().noise(chance.between(1, cluster.count()));
          noise();
        });
  }

  /** Somebody stands beside the rack and presses every button that is dark. */
  private void caretaker() {
    for (Machine machine : cluster.machines()) {
      if (!machine.isPowered()) {
        machine.powerOn();
      } else if (machine.program() == null) {
        world.after(Time.SECONDS, machine.id(), machine::startDaemon);
      }
    }
    world.after(2 * Time.SECONDS, 0, this::caretaker);
  }
}
