package org.ringward.sim.power;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ringward.sim.power.PowerSwitch.Outlets;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.World;

/**
 * Machines with two power supplies, each fed by a switch of its own: one that is dark takes nothing
 * from a machine, both of them its power. What switches a machine on or off beside them (a person,
 * the switch of the whole rack) leaves them as they are, but for one thing: a machine that runs
 * although both are dark has been given both again.
 */
final class Supplies {
  private final World world;
  private final Outlets machines;
  private final Map<String, SortedSet<Integer>> dark = new TreeMap<>();

  /**
   * @param agents those of the two switches
   */
  Supplies(World world, Outlets machines, List<String> agents) {
    this.world = world;
    this.machines = machines;
    agents.forEach(agent -> dark.put(agent, new TreeSet<>()));
  }

  /** Whether that is the agent of one of the two switches. */
  boolean areSwitchedBy(String agent) {
    return dark.containsKey(agent);
  }

  /** Whether that switch gives the machine power. */
  boolean feeds(String agent, int machine) {
    if (machines.isOn(machine) && areAllDark(machine)) {
      dark.values().forEach(each -> each.remove(machine));
    }
    return !of(agent).contains(machine);
  }

  /** What switches a supply off, and on again a moment later if it is to. */
  Runnable off(String agent, int machine, boolean backOn, Chance chance) {
    return () -> {
      if (feeds(agent, machine)) {
        of(agent).add(machine);
        world.tell(0, agent + " takes its power from n" + machine);
      }
      if (areAllDark(machine)) {
        machines.off(machine);
      }
      if (backOn) {
        world.after(chance.between(1, Time.SECONDS), machine, on(agent, machine));
      }
    };
  }

  /** What switches a supply on; the machine has power then. */
  Runnable on(String agent, int machine) {
    return () -> {
      of(agent).remove(machine);
      machines.on(machine);
    };
  }

  private boolean areAllDark(int machine) {
    return dark.values().stream().allMatch(each -> each.contains(machine));
  }

  private SortedSet<Integer> of(String agent) {
    return dark.computeIfAbsent(agent, _ -> new TreeSet<>());
  }
}
