package org.ringward.core.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.GuardReport;
import org.ringward.core.admin.StatusReport;
import org.ringward.core.admin.StatusReport.FailureLine;
import org.ringward.core.admin.StatusReport.FenceLine;
import org.ringward.core.admin.StatusReport.NodeLine;
import org.ringward.core.admin.StatusReport.ResourceLine;
import org.ringward.core.admin.StatusReport.WishLine;
import org.ringward.core.cib.Booleans;
import org.ringward.core.cib.Bundle;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.Clone;
import org.ringward.core.cib.Group;
import org.ringward.core.cib.NodeEntry;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.OperationRecord;
import org.ringward.core.cib.OperatorWishes;
import org.ringward.core.cib.OtherResource;
import org.ringward.core.cib.Primitive;
import org.ringward.core.cib.Resource;
import org.ringward.core.cib.ResourceHistory;
import org.ringward.core.cib.Template;
import org.ringward.core.history.FailCounts;

/** The agreed state in the form that people are shown. */
final class Reports {
  private Reports() {}

  static List<NodeLine> nodes(Cib cib, UnaryOperator<String> evidence) {
    List<NodeLine> lines = new ArrayList<>();
    for (NodeEntry entry : cib.configuration().nodes()) {
      @Nullable NodeState state = cib.status().node(entry.uname());
      boolean standby = isOn(entry.attribute("standby"));
      boolean maintenance = isOn(entry.attribute("maintenance"));
      lines.add(
          new NodeLine(
              entry.uname(),
              id(entry),
              nodeState(state, standby, maintenance, cib),
              standby,
              maintenance,
              nodeDetail(state, evidence)));
    }
    return lines;
  }

  private static String nodeState(
      @Nullable NodeState state, boolean standby, boolean maintenance, Cib cib) {
    if (state == null) {
      return "pending";
    }
    if (NodeStates.isMember(state)) {
      return maintenance ? "maintenance" : standby ? "standby" : "member";
    }
    if (NodeStates.isUnclean(state)) {
      return "unclean";
    }
    boolean fenced =
        FenceHistory.entries(cib.status()).stream()
            .anyMatch(entry ->
                entry.target().equals(state.uname())
                    && entry.state().equals("succeeded")
                    && entry.incarnation().equals(NodeStates.incarnation(state)));
    return fenced ? "fenced" : "offline";
  }

  private static String nodeDetail(@Nullable NodeState state, UnaryOperator<String> evidence) {
    if (state == null) {
      return "was not seen since the cluster started";
    }
    if (state.transientAttribute("shutdown") != null && NodeStates.isMember(state)) {
      return "hands its resources over and leaves";
    }
    if (NodeStates.isUnclean(state)) {
      String further = evidence.apply(state.uname());
      return "lost; not proven to be down yet" + (further.isEmpty() ? "" : "; " + further);
    }
    long bound = NodeStates.isMember(state) ? NodeStates.bound(state) : 0;
    return bound == 0
        ? ""
        : "watchdog: off %s s after it is lost".formatted(WatchdogProof.seconds(bound));
  }

  private static int id(NodeEntry entry) {
    try {
      return Integer.parseInt(entry.id());
    } catch (NumberFormatException _) {
      return 0; // an id of another cluster's form, shown as unknown
    }
  }

  static List<ResourceLine> resources(Cib cib) {
    List<ResourceLine> lines = new ArrayList<>();
    for (Resource resource : cib.configuration().resources()) {
      switch (resource) {
        case Primitive primitive -> lines.add(line(cib, primitive, null));
        case Group _ -> collective(cib, "group", resource, lines);
        case Clone _ -> collective(cib, "clone", resource, lines);
        case Bundle _ -> collective(cib, "bundle", resource, lines);
        case Template _ -> {} // runs nowhere by itself
        case OtherResource other ->
            lines.add(
                new ResourceLine(
                    other.id(),
                    null,
                    other.element().name(),
                    "Unknown",
                    List.of(),
                    false,
                    other.element().name() + " is no kind of resource"));
      }
    }
    return lines;
  }

  /** The line of what is made of others, then those of all primitives in it. */
  private static void collective(
      Cib cib, String kind, Resource resource, List<ResourceLine> lines) {
    List<ResourceLine> members =
        resource.primitives().stream().map(each -> line(cib, each, resource.id())).toList();
    lines.add(collectiveLine(resource.id(), kind, members));
    lines.addAll(members);
  }

  private static ResourceLine line(Cib cib, Primitive primitive, @Nullable String parent) {
    List<String> nodes = ResourceView.activeOn(cib, primitive.id());
    return new ResourceLine(
        primitive.id(),
        parent,
        cib.configuration().effective(primitive).agent(),
        state(cib, primitive.id(), nodes),
        nodes,
        isManaged(cib, primitive),
        "");
  }

  private static boolean isManaged(Cib cib, Primitive primitive) {
    boolean maintenance = isOn(cib.configuration().property("maintenance-mode"));
    @Nullable String managed = primitive.meta("is-managed");
    return !maintenance && (managed == null || isOn(managed));
  }

  private static String state(Cib cib, String resource, List<String> nodes) {
    if (nodes.isEmpty()) {
      return "Stopped";
    }
    NodeState node = Objects.requireNonNull(cib.status().node(nodes.getFirst()));
    return switch (ResourceView.on(node, resource)) {
      case STARTED -> "Started";
      case STARTING -> "Starting";
      case STOPPING -> "Stopping";
      case FAILED -> "Failed";
      case STOPPED -> "Stopped";
      case UNKNOWN -> "Unknown";
    };
  }

  private static ResourceLine collectiveLine(String id, String kind, List<ResourceLine> members) {
    boolean started = members.stream().allMatch(each -> each.state().equals("Started"));
    boolean stopped = members.stream().allMatch(each -> each.state().equals("Stopped"));
    List<String> nodes =
        members.stream().flatMap(each -> each.nodes().stream()).distinct().toList();
    return new ResourceLine(
        id,
        null,
        kind,
        started ? "Started" : stopped ? "Stopped" : "Partial",
        nodes,
        members.stream().allMatch(ResourceLine::managed),
        "");
  }

  static List<FailureLine> failures(Cib cib) {
    List<FailureLine> lines = new ArrayList<>();
    for (NodeState node : cib.status().nodes()) {
      for (ResourceHistory history : node.histories()) {
        for (OperationRecord each : ResourceView.failures(history)) {
          lines.add(
              new FailureLine(
                  history.id(),
                  each.operation(),
                  node.uname(),
                  each.exitCode(),
                  each.exitReason(),
                  each.lastRcChangeSeconds().orElse(0) * 1000,
                  FailCounts.read(cib, node.uname(), history.id())));
        }
      }
    }
    return lines;
  }

  static List<FenceLine> fencing(Cib cib) {
    return FenceHistory.entries(cib.status()).stream()
        .map(each ->
            new FenceLine(
                each.target(),
                each.action(),
                each.state(),
                each.executor(),
                each.proof(),
                each.wallMillis()))
        .toList();
  }

  private static boolean isOn(@Nullable String value) {
    return Booleans.isTrue(value);
  }

  /** The report of a node; what the state cannot know is given. */
  static StatusReport status(
      String cluster,
      String node,
      String ringState,
      String ring,
      boolean quorate,
      String quorumReason,
      @Nullable String coordinator,
      ClusterState state,
      boolean settled,
      UnaryOperator<String> evidence,
      List<String> warnings,
      GuardReport guard,
      List<String> outlook,
      List<StatusReport.ExerciseLine> exercises,
      long nowSeconds) {
    return new StatusReport(
        cluster,
        node,
        ringState,
        ring,
        quorate,
        quorumReason,
        coordinator,
        state.version().toString(),
        settled,
        nodes(state.cib(), evidence),
        resources(state.cib()),
        failures(state.cib()),
        fencing(state.cib()),
        warnings,
        guard,
        outlook,
        wishes(state.cib(), nowSeconds),
        exercises);
  }

  private static List<WishLine> wishes(Cib cib, long nowSeconds) {
    return OperatorWishes.of(cib.configuration(), nowSeconds).stream()
        .map(each ->
            new WishLine(
                each.kind(),
                each.resource(),
                each.node(),
                each.author(),
                each.reason(),
                each.since(),
                each.until(),
                each.over()))
        .toList();
  }
}
