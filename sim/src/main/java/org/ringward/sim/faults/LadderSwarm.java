package org.ringward.sim.faults;

import org.ringward.sim.machine.CibText;
import org.ringward.sim.power.PowerSwitch;
import org.ringward.sim.world.Chance;

/**
 * What one seed decides about the rungs of the fencing ladder: the power switch alone in half of
 * the seeds; else a bad device (one that lies, is late, or is dead) in the level before it, alone
 * or together with it. Nodes are asked to let go, for a short time, or not at all.
 */
final class LadderSwarm {
  private static final String RACK = "rack";

  private LadderSwarm() {}

  /** Devices that cut the power. */
  static void devices(CibText text, int machines, Chance chance) {
    text.fenceDevice(RACK, machines);
    if (chance.oneIn(2)) {
      return;
    }
    String bad = chance.oneOf(PowerSwitch.BAD);
    String id = bad.replace("fence_", "");
    text.fenceDevice(
        id,
        bad,
        machines,
        "pcmk_off_timeout",
        "2s",
        "pcmk_reboot_timeout",
        "2s",
        "pcmk_off_retries",
        "1",
        "pcmk_reboot_retries",
        "1");
    text.fenceLevel(1, machines, chance.oneOf(id, id + "," + RACK, RACK + "," + id));
    text.fenceLevel(2, machines, RACK);
  }

  /** How long a node that lives on may take to let go. */
  static void surrender(CibText text, boolean isThere, Chance chance) {
    String drawn = chance.oneOf("", "", "0", "2s");
    String time = isThere ? drawn : "0";
    if (!time.isEmpty()) {
      text.property("fencing-surrender-timeout", time);
    }
  }
}
