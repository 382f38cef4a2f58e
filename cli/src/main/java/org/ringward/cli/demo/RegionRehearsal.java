package org.ringward.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.RegionsReport;
import org.ringward.core.admin.RegionsReport.NodeLine;
import org.ringward.core.admin.RegionsReport.RegionLine;
import org.ringward.core.admin.RegionsReport.SightLine;
import org.ringward.core.admin.StatusReport;

/**
 * Cuts heartbeat regions at the node that runs the service: another node shows it, and nothing else
 * follows.
 */
final class RegionRehearsal {
  private static final long ALL_SEEN_NANOS = 30_000_000_000L;

  /** Two keepalives, and two more for a busy machine. */
  private static final long SHOWN_NANOS = 4_000_000_000L;

  private static final long ASK_EVERY_MILLIS = 25;

  private final Lab lab;
  private final Control control;
  private final EventLog log;

  RegionRehearsal(Lab lab, Control control, EventLog log) {
    this.lab = lab;
    this.control = control;
    this.log = log;
  }

  /**
   * Goes through it and mends everything.
   *
   * @return what was seen
   */
  Observation run(Scenario scenario, String victim) {
    String observer =
        lab.nodes().stream().filter(each -> !each.equals(victim)).findFirst().orElseThrow();
    Optional<List<?>> fencing = fencing(observer);
    try {
      Observation seen =
          scenario == Scenario.REGION_CUT
              ? eachInTurn(victim, observer)
              : allButOne(victim, observer);
      return seen.problem() == null && !fencing(observer).equals(fencing)
          ? Observation.failed("somebody was fenced")
          : seen;
    } finally {
      lab.regions().forEach(region -> lab.mendRegion(region, victim));
    }
  }

  private Optional<List<?>> fencing(String observer) {
    return control.status(observer).map(StatusReport::fencing);
  }

  private Observation eachInTurn(String victim, String observer) {
    List<String> all = lab.regions();
    List<String> shown = new ArrayList<>();
    for (String region : all) {
      if (!await(ALL_SEEN_NANOS, () -> seenOn(observer, victim).equals(all))) {
        return Observation.failed(notSeen(observer, victim));
      }
      List<String> others = all.stream().filter(each -> !each.equals(region)).toList();
      long began = System.nanoTime();
      log.add("cutting region " + region + " at " + victim);
      lab.cutRegion(region, victim);
      if (!await(SHOWN_NANOS, () -> seenOn(observer, victim).equals(others))) {
        return Observation.failed("the cut of region " + region + " was not shown");
      }
      shown.add(region + " " + secondsSince(began));
      lab.mendRegion(region, victim);
    }
    return new Observation(
        "shown after " + String.join(", ", shown) + "; nothing moved, nobody fenced", null);
  }

  private Observation allButOne(String victim, String observer) {
    List<String> all = lab.regions();
    if (!await(ALL_SEEN_NANOS, () -> seenOn(observer, victim).equals(all))) {
      return Observation.failed(notSeen(observer, victim));
    }
    String left = all.getLast();
    long began = System.nanoTime();
    log.add("cutting all regions but " + left + " at " + victim);
    all.stream().filter(each -> !each.equals(left)).forEach(each -> lab.cutRegion(each, victim));
    if (!await(SHOWN_NANOS, () -> seenOn(observer, victim).equals(List.of(left)))) {
      return Observation.failed("the cuts were not shown");
    }
    String shown = secondsSince(began);
    if (!alive(observer, victim)) {
      return Observation.failed(victim + " is not taken for alive, but " + left + " sees it");
    }
    began = System.nanoTime();
    String answer = control.inquire(observer, victim);
    return answer.isEmpty()
        ? Observation.failed("no answer over region " + left)
        : new Observation(
            "shown after %s; alive on %s, which brought \"%s\" after %s; nothing moved, nobody fenced"
                .formatted(shown, left, answer, secondsSince(began)),
            null);
  }

  private static boolean await(long nanos, BooleanSupplier condition) {
    return Patience.await(nanos, ASK_EVERY_MILLIS, condition);
  }

  private static String secondsSince(long began) {
    return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - began) / 1e9);
  }

  private String notSeen(String observer, String victim) {
    return "%s sees %s on %s only"
        .formatted(observer, victim, String.join(", ", seenOn(observer, victim)));
  }

  /** The regions on which one node hears another as it should. */
  private List<String> seenOn(String observer, String victim) {
    return control.regions(observer).stream()
        .flatMap(report -> report.regions().stream())
        .filter(region -> state(region, victim).equals("seen"))
        .map(RegionLine::name)
        .toList();
  }

  private static String state(RegionLine region, String node) {
    return region.sights().stream()
        .filter(sight -> sight.node().equals(node))
        .map(SightLine::state)
        .findFirst()
        .orElse("");
  }

  private boolean alive(String observer, String victim) {
    return control.regions(observer).stream()
        .map(RegionsReport::nodes)
        .flatMap(List::stream)
        .anyMatch(node -> node.name().equals(victim) && lives(node));
  }

  private static boolean lives(NodeLine node) {
    return node.alive();
  }

  /**
   * @param note what was seen, one line
   * @param problem null when it went well
   */
  record Observation(String note, @Nullable String problem) {
    static Observation failed(String problem) {
      return new Observation("", problem);
    }
  }
}
