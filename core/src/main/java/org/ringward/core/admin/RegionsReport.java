package org.ringward.core.admin;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who sees whom on which heartbeat region, as one node knows it.
 *
 * @param node the node that answers
 * @param nodes every configured node, as all regions together show it
 * @param regions in the order of the node file
 * @param pings hosts that show connectivity
 * @param checks what nodes said that were asked to test themselves
 * @param warnings what the operator should know, a sentence each
 */
public record RegionsReport(
    String node,
    List<NodeLine> nodes,
    List<RegionLine> regions,
    List<PingLine> pings,
    List<CheckLine> checks,
    List<String> warnings)
    implements AdminReply.Report {

  public RegionsReport {
    nodes = List.copyOf(nodes);
    regions = List.copyOf(regions);
    pings = List.copyOf(pings);
    checks = List.copyOf(checks);
    warnings = List.copyOf(warnings);
  }

  /**
   * A node as the regions show it.
   *
   * @param alive whether any region sees it
   * @param seenOn the regions that do
   * @param quorate whether it says that its side may go on
   * @param stallMillis length of its last stall in the last hour, 0 for none
   * @param stallAgeMillis how long ago that ended
   */
  public record NodeLine(
      String name,
      int id,
      boolean alive,
      List<String> seenOn,
      boolean quorate,
      long stallMillis,
      long stallAgeMillis) {
    public NodeLine {
      seenOn = List.copyOf(seenOn);
    }
  }

  /**
   * A region.
   *
   * @param kind unicast, multicast, broadcast, serial or disk
   * @param where devices, ports
   * @param state ok, or trouble when this node cannot use it
   * @param detail what the trouble is, may be empty
   * @param sent heartbeats of this node
   * @param sights what this node hears of the others
   * @param views what every node, this one included, says that it sees
   * @param drops what arrived and was no heartbeat, by reason; those that never happened left out
   */
  public record RegionLine(
      String name,
      String kind,
      String where,
      int keepaliveMillis,
      int deadtimeMillis,
      String state,
      String detail,
      long sent,
      List<SightLine> sights,
      List<ViewLine> views,
      SortedMap<String, Long> drops) {
    public RegionLine {
      sights = List.copyOf(sights);
      views = List.copyOf(views);
      drops = Collections.unmodifiableSortedMap(new TreeMap<>(drops));
    }
  }

  /**
   * What this node hears of another on a region.
   *
   * @param state seen, late (longer silent than it should be), lost, left, or unknown
   * @param ageMillis since the last heartbeat, -1 when there was none
   * @param delayMillis how much longer than the fastest the last heartbeat was on its way
   * @param heard heartbeats that counted
   * @param losses how often it was lost here
   */
  public record SightLine(
      String node, String state, long ageMillis, long delayMillis, long heard, long losses) {}

  /**
   * Whom a node sees on a region.
   *
   * @param known false when the node has not told, or not lately; the list says nothing then
   */
  public record ViewLine(String node, boolean known, List<String> sees) {
    public ViewLine {
      sees = List.copyOf(sees);
    }
  }

  /**
   * What a node found when it tested itself.
   *
   * @param result begins with well or ill
   * @param ageMillis since it said so
   */
  public record CheckLine(String node, String result, long ageMillis) {}

  /**
   * A ping node or ping group.
   *
   * @param reachable whether this node gets answers
   * @param ageMillis since the last answer, -1 when there was none
   */
  public record PingLine(String name, List<String> hosts, boolean reachable, long ageMillis) {
    public PingLine {
      hosts = List.copyOf(hosts);
    }
  }
}
