package org.ringward.sim;

import java.util.ArrayList;
import java.util.List;
import org.ringward.core.config.DeviceSettings;
import org.ringward.core.config.QuorumSettings;
import org.ringward.core.config.RegionSettings.Witness;
import org.ringward.sim.machine.Setup;
import org.ringward.sim.power.PowerSwitch;

/** What kinds of quorum and heartbeat a seed has drawn, so that a summary tells their shares. */
final class SeedKinds {
  private SeedKinds() {}

  /** What to count once for a run of that. */
  static List<String> of(Setup setup) {
    QuorumSettings quorum = setup.quorum();
    DeviceSettings device = quorum.device();
    List<String> kinds = new ArrayList<>();
    switch (device.model()) {
      case NONE -> {}
      case NET -> kinds.add("seed with corosync-qnetd");
      case WITNESS -> kinds.add("seed with a witness");
      case DISK -> kinds.add("seed with a quorum disk");
    }
    DeviceSettings.Net net = device.net();
    if (net != null && net.lastManStanding()) {
      kinds.add("seed with a witness, lms");
    }
    add(kinds, quorum.twoNode(), "seed with two_node");
    add(kinds, quorum.waitForAll(), "seed with wait_for_all");
    add(kinds, quorum.autoTieBreaker(), "seed with auto_tie_breaker");
    add(kinds, quorum.lastManStanding(), "seed with last_man_standing");
    add(kinds, quorum.allowDownscale(), "seed with allow_downscale");
    add(kinds, device.masterWins(), "seed with master_wins");
    boolean regions = !setup.regions().isEmpty();
    add(kinds, regions, "seed with regions");
    boolean place = setup.regions().stream().anyMatch(each -> each.medium() instanceof Witness);
    add(kinds, place, "seed with the witness as a region");
    add(kinds, regions && device.isPresent(), "seed with regions and a quorum device");
    add(kinds, !setup.pings().isEmpty(), "seed with ping nodes");
    boolean all = regions && device.isPresent() && !setup.pings().isEmpty();
    add(kinds, all, "seed with regions, a quorum device and ping nodes");
    for (String bad : PowerSwitch.BAD) {
      add(kinds, setup.configuration().contains(bad), "seed with " + bad);
    }
    add(
        kinds,
        setup.configuration().contains(PowerSwitch.FEEDS.getFirst()),
        "seed with two power supplies");
    add(
        kinds,
        setup.configuration().contains("fencing-surrender-timeout"),
        "seed with surrender short or off");
    return kinds;
  }

  private static void add(List<String> kinds, boolean has, String kind) {
    if (has) {
      kinds.add(kind);
    }
  }
}
