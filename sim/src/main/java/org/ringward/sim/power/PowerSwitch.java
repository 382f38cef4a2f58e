package org.ringward.sim.power;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.ringward.core.port.ProcessResult;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.World;

/**
 * The rack's power switch behind the fence agents. It may fail, be slow, hang, or say that it
 * failed though it worked; it never says that a machine is off while it is on, unless a test makes
 * it lie. That is what {@value #HONEST} calls; the other agents are bad devices, which a
 * configuration may have beside it: {@link #BAD}.
 */
public final class PowerSwitch {
  /** The agent of the switch itself. */
  public static final String HONEST = "fence_sim";

  /** Says that it has cut the power, and does nothing. */
  public static final String LIAR = "fence_liar";

  /** Says so at once, and does it a moment later. */
  public static final String LATE = "fence_late";

  /** Hangs, or says that it cannot. */
  public static final String DEAD = "fence_dead";

  /** Agents of devices whose word proves nothing; what they say of the status is true. */
  public static final List<String> BAD = List.of(LIAR, LATE, DEAD);

  /** The agents of two switches that each feed one of the two power supplies of every machine. */
  public static final List<String> FEEDS = List.of("fence_feed_a", "fence_feed_b");

  private static final String METADATA =
      "<?xml version=\"1.0\"?><resource-agent name=\"fence_sim\" shortdesc=\"simulated switch\">"
          + "<parameters><parameter name=\"action\" unique=\"0\" required=\"1\">"
          + "<content type=\"string\" default=\"reboot\"/></parameter>"
          + "<parameter name=\"port\" unique=\"0\" required=\"0\">"
          + "<content type=\"string\"/></parameter></parameters>"
          + "<actions><action name=\"on\"/><action name=\"off\"/><action name=\"reboot\"/>"
          + "<action name=\"status\"/><action name=\"list\"/><action name=\"monitor\"/>"
          + "<action name=\"metadata\"/></actions></resource-agent>";

  /** What "status" ends with for an outlet without power. */
  public static final int OFF = 2;

  /** Less than a machine needs to start, or the two would go on for ever. */
  private static final long LATE_MOST = 400 * Time.MILLIS;

  private final World world;
  private final Chance chance;
  private final Outlets outlets;
  private final Fabric fabric;
  private final Supplies supplies;
  private Habits habits = Habits.GOOD;
  private boolean lies;
  private final Map<String, Integer> names = new TreeMap<>();
  private final Set<String> broken = new TreeSet<>();

  /** The machines that hang on the switch, 1 to n. */
  public interface Outlets {
    int count();

    boolean isOn(int node);

    void off(int node);

    void on(int node);
  }

  /**
   * How well the device behaves: durations in nanoseconds, misbehaviour in cases of a million
   * calls.
   *
   * @param failures nothing is done, and it says so
   * @param doneButFailed the machine is off, but the answer is failure
   */
  public record Habits(
      long fastest,
      long usual,
      long slowest,
      long failures,
      long doneButFailed,
      long hangs,
      long slow) {
    public static final Habits GOOD =
        new Habits(5 * Time.MILLIS, 100 * Time.MILLIS, Time.SECONDS, 0, 0, 0, 0);
  }

  /**
   * What a fence agent will do.
   *
   * @param work null for none
   * @param exitAfter {@link Time#NEVER} when it hangs
   */
  public record Answer(
      long workAfter, @Nullable Runnable work, long exitAfter, Supplier<ProcessResult> exit) {
    public ProcessResult result() {
      return exit.get();
    }
  }

  public PowerSwitch(World world, Outlets outlets) {
    this.world = world;
    this.chance = world.fork("switch");
    this.outlets = outlets;
    this.fabric = new Fabric(world, this);
    this.supplies = new Supplies(world, outlets, FEEDS);
  }

  /** The way of the same machines to a storage. */
  public Fabric fabric() {
    return fabric;
  }

  public void habits(Habits newHabits) {
    this.habits = newHabits;
  }

  /** Bait for the checkers: it reports success and does nothing. */
  public void lies(boolean doesLie) {
    this.lies = doesLie;
  }

  /** Whether a machine, by its node id, has power. */
  public boolean feeds(int node) {
    return node >= 1 && node <= outlets.count() && outlets.isOn(node);
  }

  /** The machines have these names from now on, in the order of their ids. */
  public void names(List<String> inOrder) {
    names.clear();
    inOrder.forEach(name -> names.put(name, names.size() + 1));
  }

  /** A device, by what its option {@code device} says, does nothing any more but fail. */
  public void breaks(String device) {
    broken.add(device);
  }

  /**
   * The node id of a target: its name, usually n1, n2 ... or a number; 0 when there is no such
   * machine.
   */
  public int number(String target) {
    if (!names.isEmpty()) {
      return names.getOrDefault(target, 0);
    }
    String digits = target.startsWith("n") ? target.substring(1) : target;
    if (digits.isEmpty() || digits.length() > 4 || !digits.chars().allMatch(Character::isDigit)) {
      return 0;
    }
    int number = Integer.parseInt(digits);
    return number <= outlets.count() ? number : 0;
  }

  /** A fence agent on a machine has been called for a device. */
  public Answer ask(
      int fromNode, String agent, String action, @Nullable String target, String device) {
    return broken.contains(device) && !action.equals("metadata")
        ? says(failure("the device does not answer"))
        : ask(fromNode, agent, action, target);
  }

  /** A fence agent on a machine has been called. */
  public Answer ask(int fromNode, String agent, String action, @Nullable String target) {
    int outlet = target == null ? 0 : number(target);
    boolean cuts = action.equals("off") || action.equals("reboot");
    if (cuts && outlet > 0 && BAD.contains(agent)) {
      return bad(agent, outlet);
    }
    return switch (action) {
      case "metadata" -> says(new ProcessResult(0, metadata(agent), "", null));
      case "monitor", "validate-all" -> sometimes();
      case "list" -> says(new ProcessResult(0, list(), "", null));
      case "status" ->
          outlet == 0 ? says(failure("no such outlet")) : status(() -> gives(agent, outlet));
      case "off", "reboot" ->
          outlet == 0
              ? says(failure("no such outlet"))
              : cut(cutting(agent, outlet, action.equals("reboot")));
      case "on" ->
          outlet == 0 ? says(failure("no such outlet")) : switchOn(() -> giving(agent, outlet));
      default -> says(failure("unknown action " + action + " from n" + fromNode));
    };
  }

  /** Bad devices cannot reboot: they are told to switch off, and their status is looked at. */
  private static String metadata(String agent) {
    return BAD.contains(agent) ? METADATA.replace("<action name=\"reboot\"/>", "") : METADATA;
  }

  private Answer bad(String agent, int outlet) {
    return switch (agent) {
      case DEAD ->
          new Answer(
              0,
              null,
              chance.oneIn(2) ? Time.NEVER : duration(),
              () -> failure("no answer from the device"));
      case LATE ->
          new Answer(
              0,
              () -> world.after(chance.between(1, LATE_MOST), 0, switching(outlet)),
              duration(),
              this::success);
      default -> says(success());
    };
  }

  /** Off, and on again: who has been given back its power meanwhile must not stay dark. */
  private Runnable switching(int outlet) {
    return switching(outlet, true);
  }

  private Runnable switching(int outlet, boolean backOn) {
    return () -> {
      if (world.trace().told()) {
        world.tell(0, "the switch cuts the power of n" + outlet);
      }
      outlets.off(outlet);
      if (backOn) {
        world.after(chance.between(1, Time.SECONDS), outlet, () -> outlets.on(outlet));
      }
    };
  }

  private Runnable cutting(String agent, int outlet, boolean backOn) {
    return supplies.areSwitchedBy(agent)
        ? supplies.off(agent, outlet, backOn, chance)
        : switching(outlet, backOn);
  }

  private void giving(String agent, int outlet) {
    if (supplies.areSwitchedBy(agent)) {
      supplies.on(agent, outlet).run();
    } else {
      outlets.on(outlet);
    }
  }

  private boolean gives(String agent, int outlet) {
    return supplies.areSwitchedBy(agent) ? supplies.feeds(agent, outlet) : outlets.isOn(outlet);
  }

  private Answer cut(Runnable work) {
    long exitAfter = duration();
    if (chance.inMillion(habits.failures)) {
      return new Answer(0, null, exitAfter, () -> failure("the device did not switch"));
    }
    if (lies) {
      return new Answer(0, null, exitAfter, this::success);
    }
    long workAfter = chance.below(exitAfter);
    if (chance.inMillion(habits.hangs)) {
      return new Answer(workAfter, chance.oneIn(2) ? work : null, Time.NEVER, this::success);
    }
    if (chance.inMillion(habits.doneButFailed)) {
      return new Answer(workAfter, work, exitAfter, () -> failure("no answer from the device"));
    }
    return new Answer(workAfter, work, exitAfter, this::success);
  }

  private Answer switchOn(Runnable work) {
    long exitAfter = duration();
    return new Answer(exitAfter / 2, work, exitAfter, this::success);
  }

  private Answer status(BooleanSupplier isOn) {
    return new Answer(
        0, null, duration(), () -> new ProcessResult(isOn.getAsBoolean() ? 0 : OFF, "", "", null));
  }

  private Answer sometimes() {
    return chance.inMillion(habits.failures) ? says(failure("unreachable")) : says(success());
  }

  private Answer says(ProcessResult result) {
    return new Answer(0, null, duration(), () -> result);
  }

  String list() {
    StringBuilder text = new StringBuilder();
    for (int node = 1; node <= outlets.count(); node++) {
      text.append('n').append(node).append(",\n");
    }
    return text.toString();
  }

  private long duration() {
    return chance.inMillion(habits.slow)
        ? chance.between(habits.usual, habits.slowest)
        : chance.between(habits.fastest, habits.usual);
  }

  private ProcessResult success() {
    return new ProcessResult(0, "", "", null);
  }

  private static ProcessResult failure(String reason) {
    return new ProcessResult(1, "", reason + "\n", null);
  }
}
