package org.ringward.sim.power;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.ringward.core.port.ProcessResult;
import org.ringward.sim.power.PowerSwitch.Answer;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Observer;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.World;

/**
 * The way of the machines to a storage, behind fence agents that cut it: who is cut off runs on and
 * can write nothing there, until the access is given back, whatever becomes of its power. It may
 * fail, be slow, hang, say that it failed though it worked; and say that it worked though it did
 * not, but its status tells the truth, if it can be had; in half of these cases it cannot.
 */
public final class Fabric {
  /** The name of its agent. */
  public static final String AGENT = "fence_fabric";

  private static final String METADATA =
      "<?xml version=\"1.0\"?><resource-agent name=\"fence_fabric\" shortdesc=\"simulated fabric\">"
          + "<parameters><parameter name=\"port\" unique=\"0\" required=\"0\">"
          + "<content type=\"string\"/></parameter></parameters>"
          + "<actions><action name=\"on\" on_target=\"1\" automatic=\"0\"/><action name=\"off\"/>"
          + "<action name=\"status\"/><action name=\"list\"/><action name=\"monitor\"/>"
          + "<action name=\"metadata\"/></actions></resource-agent>";

  /** Longer than its status is asked for. */
  private static final long SILENCE = 5 * Time.SECONDS;

  private final World world;
  private Chance chance = new Chance(1);
  private final PowerSwitch machines;
  private final SortedSet<Integer> cut = new TreeSet<>();
  private List<String> covered = List.of();
  private boolean reservations;
  private PowerSwitch.Habits habits = PowerSwitch.Habits.GOOD;
  private long lies;

  /** It answers no question about its status before that. */
  private long silentUntil;

  Fabric(World world, PowerSwitch machines) {
    this.world = world;
    this.machines = machines;
  }

  /**
   * What lives behind it.
   *
   * @param byReservations who is cut off cannot cut others off, as with SCSI-3 reservations
   * @param itsChance apart from what the rest of the world draws
   */
  public void covers(List<String> resources, boolean byReservations, Chance itsChance) {
    chance = itsChance;
    covered = List.copyOf(resources);
    reservations = byReservations;
  }

  /** What lives behind it. */
  public List<String> covered() {
    return covered;
  }

  /**
   * How well it behaves.
   *
   * @param liesInMillion it says that it has cut, and did nothing
   */
  public void habits(PowerSwitch.Habits newHabits, long liesInMillion) {
    habits = newHabits;
    lies = liesInMillion;
  }

  public boolean isCut(int node) {
    return cut.contains(node);
  }

  /** Whether what a machine runs can do anything to what it shares with the others. */
  public boolean mayUse(int node, String resource) {
    return !covered.contains(resource) || !isCut(node);
  }

  /** Its agent on a machine has been called. */
  public Answer ask(int fromNode, String action, @Nullable String target) {
    int node = target == null ? 0 : machines.number(target);
    return switch (action) {
      case "metadata" -> says(new ProcessResult(0, METADATA, "", null));
      case "monitor" -> says(success());
      case "list" -> says(new ProcessResult(0, machines.list(), "", null));
      case "status" ->
          world.now() < silentUntil || chance.inMillion(habits.failures())
              ? says(failure("the fabric does not answer"))
              : new Answer(0, null, duration(), () -> status(node));
      case "off" -> change(fromNode, node, true);
      case "on" -> change(fromNode, node, false);
      default -> says(failure("unknown action " + action));
    };
  }

  private ProcessResult status(int node) {
    return new ProcessResult(isCut(node) ? 2 : 0, "", "", null);
  }

  private Answer change(int fromNode, int node, boolean cuts) {
    long exitAfter = duration();
    if (node == 0) {
      return says(failure("no such port"));
    }
    if (chance.inMillion(habits.failures())) {
      return new Answer(0, null, exitAfter, () -> failure("the fabric does not answer"));
    }
    if (cuts && chance.inMillion(lies)) {
      silentUntil = chance.oneIn(2) ? world.now() + SILENCE : 0;
      return new Answer(0, null, exitAfter, Fabric::success);
    }
    Runnable work = () -> changed(fromNode, node, cuts);
    long workAfter = chance.below(exitAfter);
    if (chance.inMillion(habits.hangs())) {
      return new Answer(workAfter, chance.oneIn(2) ? work : null, Time.NEVER, Fabric::success);
    }
    if (chance.inMillion(habits.doneButFailed())) {
      return new Answer(workAfter, work, exitAfter, () -> failure("no answer from the fabric"));
    }
    return new Answer(
        workAfter,
        work,
        exitAfter,
        () -> isCut(node) == cuts ? success() : failure("this node has no access itself"));
  }

  private void changed(int fromNode, int node, boolean cuts) {
    if (cuts && !(reservations && isCut(fromNode))) {
      cut.add(node);
      world.tell(node, "* it is cut off from what the fabric covers");
    } else if (!cuts && cut.remove(node)) {
      world.tell(node, "* it has its access to what the fabric covers again");
      for (Observer observer : world.observers()) {
        observer.accessGiven(node);
      }
    }
  }

  private Answer says(ProcessResult result) {
    return new Answer(0, null, duration(), () -> result);
  }

  private long duration() {
    return chance.inMillion(habits.slow())
        ? chance.between(habits.usual(), habits.slowest())
        : chance.between(habits.fastest(), habits.usual());
  }

  private static ProcessResult success() {
    return new ProcessResult(0, "", "", null);
  }

  private static ProcessResult failure(String reason) {
    return new ProcessResult(1, "", reason + "\n", null);
  }
}
