package org.ringward.sim.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.ringward.sim.machine.CibText;
import org.ringward.sim.power.PowerSwitch;
import org.ringward.sim.world.Chance;

/**
 * What one seed decides about the rungs of the fencing ladder: the power switch alone in half of
 * the seeds; else a bad device (one that lies, is late, or is dead) in the level before it, alone
 * or together with it; some machines have two power supplies. Nodes are asked to let go, for a
 * short time, or not at all.
 */
final class LadderSwarm {
  private static final String RACK = "rack";

  private LadderSwarm() {}

  /**
   * Draws them.
   *
   * @param switched whether any device cuts power
   * @param watched whether watchdogs are drawn to count, and can
   * @param without rungs that are not there, whatever is drawn
   */
  static void draw(
      CibText text,
      boolean switched,
      boolean watched,
      int machines,
      Set<LadderRung> without,
      Chance chance) {
    CibText power = without.contains(LadderRung.POWER) ? new CibText() : text;
    if (switched) {
      devices(power, machines, chance);
    }
    surrender(text, !without.contains(LadderRung.SURRENDER), chance);
    if (switched) {
      supplies(power, machines, chance);
    }
    boolean cuts = switched && !without.contains(LadderRung.POWER);
    if (!cuts && !(watched && !without.contains(LadderRung.WATCHDOG))) {
      // Without any device nothing would be started at all.
      bad(text, PowerSwitch.DEAD, machines);
    }
  }

  /** Devices that cut the power. */
  private static void devices(CibText text, int machines, Chance chance) {
    text.fenceDevice(RACK, machines);
    if (chance.oneIn(2)) {
      return;
    }
    String id = bad(text, chance.oneOf(PowerSwitch.BAD), machines);
    text.fenceLevel(1, machines, chance.oneOf(id, id + "," + RACK, RACK + "," + id));
    text.fenceLevel(2, machines, RACK);
  }

  /** A bad device, which is given up soon; its id. */
  private static String bad(CibText text, String agent, int machines) {
    String id = agent.replace("fence_", "");
    text.fenceDevice(
        id,
        agent,
        machines,
        "pcmk_off_timeout",
        "2s",
        "pcmk_reboot_timeout",
        "2s",
        "pcmk_off_retries",
        "1",
        "pcmk_reboot_retries",
        "1");
    return id;
  }

  /**
   * In a sixth of the seeds each machine has two power supplies on two switches, and both must be
   * off at once; the switch of the rack is the level after them.
   */
  private static void supplies(CibText text, int machines, Chance chance) {
    if (!chance.oneIn(6)) {
      return;
    }
    List<String> ids = new ArrayList<>();
    for (String agent : PowerSwitch.FEEDS) {
      String id = agent.replace("fence_", "");
      text.fenceDevice(id, agent, machines, "pcmk_off_timeout", "3s", "pcmk_reboot_timeout", "3s");
      ids.add(id);
    }
    text.noFenceLevels();
    text.fenceLevel(1, machines, String.join(",", ids));
    text.fenceLevel(2, machines, RACK);
  }

  /** How long a node that lives on may take to let go. */
  private static void surrender(CibText text, boolean isThere, Chance chance) {
    String drawn = chance.oneOf("", "", "0", "2s");
    String time = isThere ? drawn : "0";
    if (!time.isEmpty()) {
      text.property("fencing-surrender-timeout", time);
    }
  }
}
