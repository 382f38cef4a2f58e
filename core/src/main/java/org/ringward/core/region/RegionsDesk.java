package org.ringward.core.region;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.RegionsReport;
import org.ringward.core.admin.RegionsReport.CheckLine;
import org.ringward.core.admin.RegionsReport.NodeLine;
import org.ringward.core.admin.RegionsReport.RegionLine;
import org.ringward.core.admin.RegionsReport.SightLine;
import org.ringward.core.admin.RegionsReport.ViewLine;
import org.ringward.core.base.Counters;
import org.ringward.core.config.RegionSettings.Region;
import org.ringward.core.config.RegionSettings.Times;

/** Says for people what the regions show. Nothing is asked of other nodes. */
public final class RegionsDesk {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Regions regions;
  private final PingNodes pings;
  private final SbdSlots slots;
  private final String nodeName;
  private final SortedMap<String, Examination> examinations = new TreeMap<>();

  private record Examination(String result, long at) {}

  /** A desk. */
  public RegionsDesk(Regions regions, PingNodes pings, SbdSlots slots, String nodeName) {
    this.slots = slots;
    this.regions = regions;
    this.pings = pings;
    this.nodeName = nodeName;
  }

  /** Answers REGIONS. */
  public RegionsReport report(long now) {
    List<NodeLine> nodes = new ArrayList<>();
    for (Peer peer : regions.peers()) {
      nodes.add(node(peer, now));
    }
    List<RegionLine> lines = new ArrayList<>();
    for (int region = 0; region < regions.settings().size(); region++) {
      lines.add(region(region, now));
    }
    return new RegionsReport(nodeName, nodes, lines, pings.lines(now), checks(now), warnings(now));
  }

  /** A node has tested itself, and this is what it says. */
  public void examined(String node, String result, long now) {
    examinations.put(node, new Examination(result, now));
  }

  private List<CheckLine> checks(long now) {
    List<CheckLine> lines = new ArrayList<>();
    examinations.forEach((node, each) ->
        lines.add(new CheckLine(node, each.result(), (now - each.at()) / NANOS_PER_MILLI)));
    return lines;
  }

  /** What is wrong with the media here, a few words each. */
  public List<String> troubles() {
    List<String> troubles = new ArrayList<>();
    for (int region = 0; region < regions.settings().size(); region++) {
      @Nullable String trouble = regions.trouble(region);
      if (trouble != null) {
        troubles.add("region " + regions.settings().get(region).name() + ": " + trouble);
      }
    }
    return troubles;
  }

  private boolean isSelf(Peer peer) {
    return peer.name.equals(nodeName);
  }

  private NodeLine node(Peer peer, long now) {
    boolean self = isSelf(peer);
    List<String> seenOn = new ArrayList<>();
    for (int region = 0; region < peer.regions.length; region++) {
      if (self ? !isTroubled(region) : peer.regions[region].isSeen()) {
        seenOn.add(regions.settings().get(region).name());
      }
    }
    long stall = self ? regions.stallMillis() : peer.stallMillis();
    long ended = self ? regions.stallEnded() : peer.stallEnded();
    return new NodeLine(
        peer.name,
        peer.id,
        self || peer.isSeen(),
        seenOn,
        peer.isQuorate(),
        stall,
        stall == 0 ? 0 : (now - ended) / NANOS_PER_MILLI);
  }

  private boolean isTroubled(int region) {
    return regions.trouble(region) != null;
  }

  private RegionLine region(int region, long now) {
    Region settings = regions.settings().get(region);
    Times times = settings.times();
    List<SightLine> sights = new ArrayList<>();
    List<ViewLine> views = new ArrayList<>();
    for (Peer peer : regions.peers()) {
      if (isSelf(peer)) {
        views.add(new ViewLine(peer.name, true, fresh(region, now)));
      } else {
        sights.add(sight(peer, region, now));
        views.add(view(peer, region, now));
      }
    }
    @Nullable String trouble = regions.trouble(region);
    return new RegionLine(
        settings.name(),
        settings.medium().kind(),
        settings.medium().where(),
        times.keepalive(),
        times.deadtime(),
        trouble == null ? "ok" : "trouble",
        trouble == null ? "" : trouble,
        regions.sent(region),
        sights,
        views,
        drops(region));
  }

  private List<String> fresh(int region, long now) {
    List<String> names = new ArrayList<>();
    for (Peer peer : regions.peers()) {
      if (!isSelf(peer) && peer.regions[region].isFresh(now)) {
        names.add(peer.name);
      }
    }
    return names;
  }

  private static SightLine sight(Peer peer, int region, long now) {
    Sighting sighting = peer.regions[region];
    String state =
        sighting.isSeen() && !sighting.isFresh(now)
            ? "late"
            : sighting.state().name().toLowerCase(Locale.ROOT);
    return new SightLine(
        peer.name,
        state,
        sighting.everHeard() ? sighting.silentNanos(now) / NANOS_PER_MILLI : -1,
        sighting.delayMillis(),
        sighting.heard(),
        sighting.losses());
  }

  /** A view that is older than the deadtime says nothing about now. */
  private ViewLine view(Peer peer, int region, long now) {
    long told = peer.viewsAt[region];
    long limit = regions.settings().get(region).times().deadtime() * NANOS_PER_MILLI;
    boolean known = told != 0 && now - told <= limit && peer.isSeen();
    List<String> sees = new ArrayList<>();
    Peer[] peers = regions.peers();
    for (int place = 0; known && place < peers.length; place++) {
      boolean seen = ((peer.views[region][place >> 6] >> (place & 63)) & 1) == 1;
      if (seen && !peers[place].name.equals(peer.name)) {
        sees.add(peers[place].name);
      }
    }
    return new ViewLine(peer.name, known, sees);
  }

  private SortedMap<String, Long> drops(int region) {
    SortedMap<String, Long> drops = new TreeMap<>();
    regions.drops(region).report("", drops);
    drops.values().removeIf(count -> count == 0);
    return drops;
  }

  /** What is wrong with the regions, a sentence each. */
  public List<String> warnings(long now) {
    List<String> warnings = new ArrayList<>();
    for (int region = 0; region < regions.settings().size(); region++) {
      Region settings = regions.settings().get(region);
      @Nullable String trouble = regions.trouble(region);
      if (trouble != null) {
        warnings.add("region " + settings.name() + " cannot be used here: " + trouble);
      }
      List<String> silent = silent(region);
      if (!silent.isEmpty()) {
        warnings.add("region " + settings.name() + " does not see " + String.join(", ", silent));
      }
      addDrops(region, warnings);
    }
    for (Peer peer : regions.peers()) {
      addStall(peer, now, warnings);
    }
    warnings.addAll(slots.warnings());
    warnings.addAll(pings.warnings());
    return warnings;
  }

  private void addStall(Peer peer, long now, List<String> warnings) {
    long stall = isSelf(peer) ? regions.stallMillis() : peer.stallMillis();
    long ended = isSelf(peer) ? regions.stallEnded() : peer.stallEnded();
    if (stall > 0 && now - ended < Regions.STALL_NEWS_NANOS) {
      warnings.add(
          "%s did not run for %d ms, %d s ago, and runs again"
              .formatted(peer.name, stall, (now - ended) / 1_000_000_000L));
    }
  }

  /** Nodes that another region sees. */
  private List<String> silent(int region) {
    List<String> names = new ArrayList<>();
    for (Peer peer : regions.peers()) {
      boolean lost = peer.regions[region].state() == Sighting.State.LOST;
      if (!isSelf(peer) && lost && peer.isSeen()) {
        names.add(peer.name);
      }
    }
    return names;
  }

  private void addDrops(int region, List<String> warnings) {
    Counters<RegionDrop> drops = regions.drops(region);
    for (RegionDrop drop : RegionDrop.values()) {
      long count = drops.get(drop);
      if (drop.isSuspicious() && count > 0) {
        warnings.add(sentence(regions.settings().get(region).name(), drop, count));
      }
    }
  }

  /** One sentence about what was dropped on a region. */
  static String sentence(String region, RegionDrop drop, long count) {
    String times = count == 1 ? "once" : count + " times";
    return "region " + region + " dropped " + times + ": " + meaning(drop);
  }

  private static String meaning(RegionDrop drop) {
    return switch (drop) {
      case TOO_SHORT, NO_HEARTBEAT, MALFORMED ->
          "something that is no heartbeat: another program there, or noise";
      case WRONG_VERSION -> "a heartbeat of a version that is not known here";
      case FOREIGN_CLUSTER -> "a heartbeat of another cluster; each needs a place of its own";
      case BAD_SEAL -> "a heartbeat made with another key, or changed on its way";
      case WRONG_REGION ->
          "a heartbeat of another region: two regions are joined, or names differ between nodes";
      case UNKNOWN_NODE -> "a heartbeat of a node that is not configured here";
      case OWN_ID_ELSEWHERE -> "a heartbeat under this node's own id: another machine uses it";
      case OLD_INCARNATION ->
          "a heartbeat of an earlier life of a node: old news, a replay, or two machines with one"
              + " id";
      case REPLAYED -> "a heartbeat older than the one before: overtaken on the way, or replayed";
      case TOO_OLD -> "a heartbeat that was on its way for longer than the deadtime";
      case OWN, DUPLICATE -> "a heartbeat that was known";
    };
  }

  /** What the regions say about another node, in one sentence; empty when there is no region. */
  public String about(String node, long now) {
    if (regions.isEmpty() || !regions.isRunning()) {
      return "";
    }
    for (Peer peer : regions.peers()) {
      if (peer.name.equals(node) && !isSelf(peer)) {
        return about(peer, now);
      }
    }
    return "";
  }

  private String about(Peer peer, long now) {
    List<String> seen = new ArrayList<>();
    long latest = Long.MIN_VALUE;
    boolean ever = false;
    for (int region = 0; region < peer.regions.length; region++) {
      Sighting sighting = peer.regions[region];
      if (sighting.isSeen()) {
        seen.add(
            "%s (%d ms ago)"
                .formatted(
                    regions.settings().get(region).name(),
                    sighting.silentNanos(now) / NANOS_PER_MILLI));
      }
      if (sighting.everHeard()) {
        ever = true;
        latest = Math.max(latest, sighting.lastHeard());
      }
    }
    if (!seen.isEmpty()) {
      return "seen on " + String.join(", ", seen);
    }
    return ever
        ? "silent on all regions for " + (now - latest) / 1_000_000_000L + " s"
        : "not seen on any region since this daemon started";
  }
}
