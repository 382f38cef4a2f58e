package org.ringward.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import org.ringward.core.fence.Rung;
import org.ringward.sim.faults.LadderRung;
import org.ringward.sim.machine.Setup;
import org.ringward.sim.power.Fabric;
import org.ringward.sim.power.PowerSwitch;

/** How many seeds have had which rung of the fencing ladder, and how often it was the proof. */
final class LadderShares {
  private static final String HAVING = "seed with rung ";
  private static final String NO_SURRENDER = "name=\"fencing-surrender-timeout\" value=\"0\"";

  private static final String WATCHDOG = "fencing-watchdog-timeout";

  private LadderShares() {}

  /** Whether anything can bring a node down that an operator wants shot. */
  static boolean canShoot(Setup setup) {
    String configuration = setup.configuration();
    return configuration.contains(PowerSwitch.HONEST) || configuration.contains(WATCHDOG);
  }

  /**
   * What to count once for a run of that.
   *
   * @param orders whether operators give orders at random
   */
  static List<String> of(Setup setup, boolean orders, Set<LadderRung> without) {
    String configuration = setup.configuration();
    List<String> kinds = new ArrayList<>();
    for (LadderRung rung : LadderRung.values()) {
      boolean has =
          switch (rung) {
            case LEAVE, PERSON -> orders && !without.contains(rung);
            case SURRENDER -> !setup.regions().isEmpty() && !configuration.contains(NO_SURRENDER);
            case WATCHDOG -> configuration.contains(WATCHDOG);
            case ACCESS -> configuration.contains(Fabric.AGENT);
            case POWER -> configuration.contains(PowerSwitch.HONEST);
          };
      if (has) {
        kinds.add(HAVING + rung.word());
      }
    }
    return kinds;
  }

  /** A line for each rung. */
  static List<String> table(SortedMap<String, Long> tally, long seeds) {
    List<String> lines = new ArrayList<>();
    lines.add("rung          seeds with it  without it  proofs");
    for (LadderRung rung : LadderRung.values()) {
      long with = tally.getOrDefault(HAVING + rung.word(), 0L);
      String counted =
          rung.rung() == Rung.CLEAN_LEAVE ? "daemon ended orderly" : "proof by " + rung.rung();
      lines.add(
          String.format(
              Locale.ROOT,
              "%-12s %14d %11d %7d",
              rung.word(),
              with,
              seeds - with,
              tally.getOrDefault(counted, 0L)));
    }
    return lines;
  }
}
