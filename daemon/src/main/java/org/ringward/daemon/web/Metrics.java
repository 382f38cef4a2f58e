package org.ringward.daemon.web;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.GuardReport;
import org.ringward.core.admin.LinksReport;
import org.ringward.core.admin.QuorumReport;
import org.ringward.core.admin.RegionsReport;
import org.ringward.core.admin.RingReport;
import org.ringward.core.admin.StatusReport;
import org.ringward.core.admin.TransitionReport;
import org.ringward.core.cib.AttributeSet;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.ClusterProperties;
import org.ringward.core.cib.Constraint;
import org.ringward.core.cib.Location;
import org.ringward.core.cib.NodeEntry;
import org.ringward.core.cib.Nvpair;
import org.ringward.core.cib.Primitive;
import org.ringward.core.cib.Score;
import org.ringward.core.node.Lookout;

/**
 * A node's metrics: under the names of ha_cluster_exporter where it has them, so that its
 * dashboards and alerts go on working, and ours.
 */
final class Metrics {
  private static final double NANOS = 1e9;
  private static final double MICROS = 1e6;
  private static final double MILLIS = 1e3;
  private static final List<String> NODE_STATES =
      List.of(
          "online",
          "standby",
          "maintenance",
          "pending",
          "unclean",
          "shutdown",
          "expected_up",
          "dc");

  private final MetricsText text = new MetricsText();
  private final StatusReport status;
  private final RingReport ring;
  private final Cib cib;

  private Metrics(Lookout.Sight sight) {
    this.status = sight.cluster().status().get();
    this.ring = PageModel.report(sight.ring(), RingReport.class);
    this.cib = sight.cluster().cib();
  }

  /** The text of all metrics. */
  static String text(Lookout.Sight sight, Measures.Counted counted, int listeners) {
    Metrics metrics = new Metrics(sight);
    metrics.configuration(counted);
    metrics.nodes();
    metrics.resources();
    metrics.votes(PageModel.report(sight.quorum(), QuorumReport.class));
    metrics.links(PageModel.report(sight.links(), LinksReport.class));
    metrics.regions(PageModel.report(sight.regions(), RegionsReport.class));
    metrics.ring();
    metrics.incidents(counted);
    metrics.transition(sight.cluster().transition().get());
    metrics.own(sight, listeners);
    return metrics.text.toString();
  }

  private void configuration(Measures.Counted counted) {
    ClusterProperties properties = ClusterProperties.of(cib.configuration());
    text.metric(
            "ha_cluster_pacemaker_config_last_change",
            "gauge",
            "When this node saw the configuration change last, or first saw one, seconds since 1970")
        .value(Math.floor(counted.configurationMillis() / MILLIS));
    text.metric("ha_cluster_pacemaker_stonith_enabled", "gauge", "Whether fencing is enabled")
        .value(properties.isTrue("fencing-enabled"));
    text.metric(
        "ha_cluster_pacemaker_location_constraints",
        "gauge",
        "Scores of the location constraints that name a node");
    for (Constraint each : cib.configuration().constraints()) {
      if (each instanceof Location location) {
        location(location);
      }
    }
    text.metric(
        "ha_cluster_pacemaker_migration_threshold",
        "gauge",
        "Failures after which a resource leaves a node, where it is set");
    for (Primitive each : cib.configuration().primitives()) {
      OptionalInt threshold = score(each.meta("migration-threshold"));
      if (threshold.isPresent()) {
        status
            .nodes()
            .forEach(node ->
                text.value(
                    infinite(threshold.getAsInt()), "node", node.name(), "resource", each.id()));
      }
    }
  }

  private void location(Location location) {
    String node = location.attributes().get("node", "");
    OptionalInt score = score(location.attributes().get("score"));
    if (!node.isEmpty() && score.isPresent()) {
      text.value(
          infinite(score.getAsInt()),
          "constraint",
          location.id(),
          "node",
          node,
          "resource",
          location.attributes().get("rsc", ""),
          "role",
          location.attributes().get("role", ""));
    }
  }

  private static OptionalInt score(@Nullable String written) {
    return written == null ? OptionalInt.empty() : Score.parse(written);
  }

  private static double infinite(int score) {
    return Math.abs(score) >= Score.INFINITY
        ? Math.copySign(Double.POSITIVE_INFINITY, score)
        : score;
  }

  private void nodes() {
    text.metric(
        "ha_cluster_pacemaker_nodes", "gauge", "Whether a node is in a status: 1 that it is");
    for (StatusReport.NodeLine node : status.nodes()) {
      boolean online = List.of("member", "standby", "maintenance").contains(node.state());
      for (String state : NODE_STATES) {
        boolean is =
            switch (state) {
              case "online", "expected_up" -> online;
              case "standby" -> node.standby();
              case "maintenance" -> node.maintenance();
              case "shutdown" -> node.detail().startsWith("hands its");
              case "dc" -> node.name().equals(status.coordinator());
              default -> node.state().equals(state);
            };
        text.value(is, "node", node.name(), "status", state, "type", "member");
      }
    }
    text.metric("ha_cluster_pacemaker_node_attributes", "gauge", "Attributes of nodes; always 1");
    for (NodeEntry node : cib.configuration().nodes()) {
      for (AttributeSet set : node.sets()) {
        for (Nvpair pair : set.pairs()) {
          text.value(
              1, "name", pair.name(), "node", node.uname(), "value", String.valueOf(pair.value()));
        }
      }
    }
  }

  private void resources() {
    text.metric(
        "ha_cluster_pacemaker_resources",
        "gauge",
        "Resources where they are, or with an empty node where they are not; always 1");
    Map<String, String> kinds = new TreeMap<>();
    for (StatusReport.ResourceLine line : status.resources()) {
      if (line.parent() == null) {
        kinds.put(line.id(), line.agent());
      }
      boolean primitive = !List.of("group", "clone", "bundle").contains(line.agent());
      if (primitive) {
        for (String node : line.nodes().isEmpty() ? List.of("") : line.nodes()) {
          resource(line, node, kinds);
        }
      }
    }
    text.metric("ha_cluster_pacemaker_fail_count", "gauge", "Failures of a resource on a node");
    Map<List<String>, Integer> fails =
        new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    status
        .failures()
        .forEach(each -> fails.put(List.of(each.node(), each.resource()), each.failCount()));
    fails.forEach(
        (key, count) -> text.value(infinite(count), "node", key.get(0), "resource", key.get(1)));
  }

  private void resource(StatusReport.ResourceLine line, String node, Map<String, String> kinds) {
    String parent = line.parent() == null ? "" : line.parent();
    String kind = kinds.getOrDefault(parent, "");
    String state = line.state().toLowerCase(Locale.ROOT);
    String means =
        switch (line.state()) {
          case "Failed", "Blocked" -> state;
          default -> "active";
        };
    text.value(
        1,
        "agent",
        line.agent(),
        "clone",
        kind.equals("clone") ? parent : "",
        "group",
        kind.equals("group") ? parent : "",
        "managed",
        Boolean.toString(line.managed()),
        "node",
        node,
        "resource",
        line.id(),
        "role",
        state,
        "status",
        node.isEmpty() ? "inactive" : means);
  }

  private void votes(QuorumReport quorum) {
    text.metric("ha_cluster_corosync_quorate", "gauge", "Whether this side may go on")
        .value(status.quorate());
    text.metric("ha_cluster_corosync_quorum_votes", "gauge", "Votes")
        .value(quorum.expected(), "type", "expected_votes")
        .value(
            quorum.nodes().stream()
                .mapToInt(QuorumReport.NodeLine::expected)
                .max()
                .orElse(quorum.expected()),
            "type",
            "highest_expected")
        .value(quorum.votes(), "type", "total_votes")
        .value(quorum.needed(), "type", "quorum");
    text.metric("ha_cluster_corosync_member_votes", "gauge", "Votes of the nodes that are here");
    quorum
        .nodes()
        .forEach(each ->
            text.value(
                each.votes(),
                "local",
                Boolean.toString(each.name().equals(quorum.node())),
                "node",
                each.name(),
                "node_id",
                Integer.toString(each.id())));
  }

  private void links(LinksReport links) {
    Map<Integer, Boolean> healthy = new TreeMap<>();
    Map<Integer, String> own = new TreeMap<>();
    ring.members().stream()
        .filter(RingReport.MemberLine::self)
        .forEach(each -> {
          for (int at = 0; at < each.addresses().size(); at++) {
            own.put(at, each.addresses().get(at));
          }
        });
    links
        .links()
        .forEach(each -> healthy.merge(each.link(), each.connected(), Boolean::logicalAnd));
    text.metric("ha_cluster_corosync_rings", "gauge", "Whether a link works to all nodes");
    healthy.forEach((link, works) ->
        text.value(
            works,
            "address",
            own.getOrDefault(link, ""),
            "node_id",
            Integer.toString(ring.nodeId()),
            "number",
            Integer.toString(link),
            "ring_id",
            ring.ring()));
    text.metric("ha_cluster_corosync_ring_errors", "gauge", "Links that do not work to all nodes")
        .value((double) healthy.values().stream().filter(works -> !works).count());
    text.metric("ringward_link_up", "gauge", "Whether a link to a node works");
    links.links().forEach(each -> text.value(each.connected(), link(each)));
    text.metric("ringward_link_latency_seconds", "gauge", "Mean time from ping to pong");
    links.links().forEach(each -> text.value(each.latencyMicros() / MICROS, link(each)));
    text.metric("ringward_link_downs_total", "counter", "How often a link went down");
    links.links().forEach(each -> text.value((double) each.downs(), link(each)));
  }

  private static String[] link(LinksReport.LinkLine line) {
    return new String[] {"link", Integer.toString(line.link()), "node", line.node()};
  }

  private void regions(RegionsReport regions) {
    text.metric("ringward_region_seen", "gauge", "Whether a heartbeat region shows a node");
    regions
        .regions()
        .forEach(region ->
            region
                .sights()
                .forEach(sight ->
                    text.value(
                        sight.state().equals("seen") || sight.state().equals("late"),
                        "node",
                        sight.node(),
                        "region",
                        region.name())));
  }

  private void ring() {
    text.metric("ringward_ring_operational", "gauge", "Whether the ring passes its token")
        .value(ring.state().equals("operational"));
    text.metric("ringward_ring_events_total", "counter", "What the ring has counted, by name");
    ring.counters().forEach((name, count) -> text.value(count, "event", name));
  }

  private void incidents(Measures.Counted counted) {
    duration(
        "ringward_detection", "From the last token to the end of its ring", counted.detection());
    duration(
        "ringward_agreement",
        "From the end of a ring to the next agreed membership",
        counted.agreement());
    duration(
        "ringward_proof", "From the loss of a node to the proof that it is down", counted.proof());
    text.metric("ringward_decisions_total", "counter", "Decisions since the daemon's start");
    counted
        .decisions()
        .forEach((kind, count) -> text.value(count, "kind", kind.name().toLowerCase(Locale.ROOT)));
    Map<String, Long> proofs = new TreeMap<>();
    status.fencing().forEach(each -> proofs.merge(each.state(), 1L, Long::sum));
    text.metric("ringward_fencing", "gauge", "Fencing that the cluster remembers, by its state");
    proofs.forEach((state, count) -> text.value(count, "state", state));
    GuardReport guard = status.guard();
    text.metric(
            "ringward_stalls_total",
            "counter",
            "How often this node stood still for longer than the token timeout")
        .value((double) guard.stalls());
    text.metric(
            "ringward_longest_gap_seconds",
            "gauge",
            "Longest time between two turns of the node's loop")
        .value(guard.longestGapMillis() / MILLIS);
    text.metric("ringward_last_stall_seconds", "gauge", "Length of the last stall, 0 for none")
        .value(guard.lastStallMillis() / MILLIS);
    text.metric(
            "ringward_watchdog_withheld_total",
            "counter",
            "How often the watchdog was not fed although it was time")
        .value((double) guard.withheld());
  }

  private void duration(String metric, String help, Measures.Duration duration) {
    text.metric(metric + "_seconds", "summary", help);
    text.suffixed("_sum", duration.totalNanos() / NANOS);
    text.suffixed("_count", (double) duration.count());
    text.metric(metric + "_last_seconds", "gauge", help + ", the last time")
        .value(duration.lastNanos() / NANOS);
  }

  private void transition(TransitionReport transition) {
    text.metric(
            "ringward_transition_number", "gauge", "Number of the last transition this node saw")
        .value((double) transition.number());
    text.metric("ringward_transition_running", "gauge", "Whether it runs")
        .value(transition.state().equals("running"));
    Map<String, Integer> states = new TreeMap<>();
    Map<String, long[]> phases = new TreeMap<>();
    for (TransitionReport.ActionLine each : transition.actions()) {
      states.merge(each.state(), 1, Integer::sum);
      if (each.tookMillis() > 0) {
        long from = each.startedMillis();
        long to = from + each.tookMillis();
        phases.merge(
            phase(each.operation()),
            new long[] {from, to},
            (a, b) -> new long[] {Math.min(a[0], b[0]), Math.max(a[1], b[1])});
      }
    }
    text.metric("ringward_transition_actions", "gauge", "Its actions by how far they have come");
    states.forEach((state, count) -> text.value(count, "state", state));
    text.metric(
        "ringward_transition_phase_seconds",
        "gauge",
        "From the first order of a phase of it to the last end");
    phases.forEach((phase, times) -> text.value((times[1] - times[0]) / MILLIS, "phase", phase));
  }

  private static String phase(String operation) {
    return operation.equals("stonith") ? "fence" : operation;
  }

  private void own(Lookout.Sight sight, int listeners) {
    text.metric("ringward_settled", "gauge", "Whether nothing is to be done")
        .value(status.settled());
    text.metric("ringward_agreed", "gauge", "Whether this node is up to date with its partition")
        .value(sight.cluster().agreed());
    text.metric("ringward_coordinator", "gauge", "Whether this node coordinates")
        .value(sight.cluster().coordinates());
    text.metric("ringward_page_listeners", "gauge", "Browsers that listen").value(listeners);
    text.metric("ringward_info", "gauge", "Who tells this; always 1")
        .value(1, "cluster", status.cluster(), "node", status.node());
  }
}
