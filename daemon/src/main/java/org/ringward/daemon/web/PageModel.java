package org.ringward.daemon.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.GuardReport;
import org.ringward.core.admin.LinksReport;
import org.ringward.core.admin.QuorumReport;
import org.ringward.core.admin.RegionsReport;
import org.ringward.core.admin.RingReport;
import org.ringward.core.admin.StatusReport;
import org.ringward.core.admin.TransitionReport;
import org.ringward.core.base.Decision;
import org.ringward.core.node.Lookout;

/**
 * What the page knows, as a flat map: a key such as resource/web, and the record behind it. So a
 * change is a few keys with their new values, and a page that shows 500 resources is told of the
 * one that moved.
 */
public final class PageModel {
  /** So many of the latest decisions are shown. */
  static final int DECISIONS_MOST = 300;

  private PageModel() {}

  /**
   * Where the page comes from and how the cluster stands in a line.
   *
   * @param members of this node's partition, as the ring has it
   */
  public record Head(
      String cluster,
      String node,
      String ringState,
      String ring,
      List<String> members,
      boolean agreed,
      boolean quorate,
      String quorumReason,
      @Nullable String coordinator,
      String version,
      boolean settled,
      boolean leaving) {}

  /** The ring without what has a key of its own. */
  public record Ring(
      String transport,
      boolean synchronised,
      List<RingReport.MemberLine> members,
      RingReport.Timers timers) {}

  /** Links and how they are sealed. */
  public record Links(String transport, String mode, List<LinksReport.LinkLine> links) {}

  /** The transition without its actions. */
  public record Transition(
      String coordinator,
      boolean whole,
      long number,
      String state,
      String summary,
      String aborted,
      long startedMillis) {}

  /** Everything but decisions, which are added as they come. */
  static Map<String, Object> of(Lookout.Sight sight) {
    Map<String, Object> model = new LinkedHashMap<>();
    StatusReport status = sight.cluster().status().get();
    RingReport ring = report(sight.ring(), RingReport.class);
    status(model, status, ring, sight.cluster().agreed());
    model.put(
        "ring", new Ring(ring.transport(), ring.synchronised(), ring.members(), ring.timers()));
    model.put("counters", shown(ring.counters()));
    LinksReport links = report(sight.links(), LinksReport.class);
    model.put("links", new Links(links.transport(), links.mode(), links.links()));
    model.put("quorum", report(sight.quorum(), QuorumReport.class));
    model.put("regions", report(sight.regions(), RegionsReport.class));
    transition(model, sight.cluster().transition().get());
    return model;
  }

  private static void status(
      Map<String, Object> model, StatusReport status, RingReport ring, boolean agreed) {
    List<String> members =
        ring.members().stream()
            .filter(RingReport.MemberLine::member)
            .map(RingReport.MemberLine::name)
            .toList();
    boolean leaving =
        status.nodes().stream()
            .anyMatch(
                each -> each.name().equals(status.node()) && each.detail().startsWith("hands its"));
    model.put(
        "head",
        new Head(
            status.cluster(),
            status.node(),
            status.ringState(),
            status.ring(),
            members,
            agreed,
            status.quorate(),
            status.quorumReason(),
            status.coordinator(),
            status.version(),
            status.settled(),
            leaving));
    model.put("nodes", status.nodes().stream().map(StatusReport.NodeLine::name).toList());
    status.nodes().forEach(each -> model.put("node/" + each.name(), each));
    model.put("resources", status.resources().stream().map(PageModel::key).toList());
    status.resources().forEach(each -> model.put("resource/" + key(each), each));
    model.put("failures", status.failures());
    model.put("fencing", status.fencing());
    model.put("warnings", status.warnings());
    model.put("exercises", status.exercises());
    model.put("wishes", status.wishes());
    model.put("guard", steady(status.guard()));
  }

  private static String key(StatusReport.ResourceLine line) {
    return line.parent() == null ? line.id() : line.parent() + "/" + line.id();
  }

  /** Ages would make a change of every look; the page knows when it was told. */
  private static GuardReport steady(GuardReport guard) {
    return new GuardReport(
        guard.stalls(),
        guard.longestGapMillis(),
        guard.lastStallMillis(),
        0,
        guard.watchdog(),
        guard.withheld(),
        guard.realTime());
  }

  /** What the page draws. */
  private static SortedMap<String, Long> shown(SortedMap<String, Long> counters) {
    SortedMap<String, Long> some = new TreeMap<>();
    counters.forEach((name, count) -> {
      if (count != 0) {
        some.put(name, count);
      }
    });
    return some;
  }

  private static void transition(Map<String, Object> model, TransitionReport report) {
    model.put(
        "transition",
        new Transition(
            report.coordinator(),
            report.whole(),
            report.number(),
            report.state(),
            report.summary(),
            report.aborted(),
            report.startedMillis()));
    report.actions().forEach(each -> model.put("action/" + each.id(), each));
  }

  /** Adds decisions under their numbers and forgets the oldest. */
  static void remember(SortedMap<Long, Decision> all, List<Decision> fresh, long last) {
    long number = last - fresh.size();
    for (Decision each : fresh) {
      all.put(++number, each);
    }
    while (all.size() > DECISIONS_MOST) {
      all.pollFirstEntry();
    }
  }

  /** The report in a reply that cannot fail. */
  static <T> T report(AdminReply reply, Class<T> type) {
    return type.cast(Objects.requireNonNull(reply.report()));
  }
}
