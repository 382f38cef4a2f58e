package org.ringward.core.control;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.FencingReport.PathLine;
import org.ringward.core.admin.WhyReport.RungLine;
import org.ringward.core.base.Decision;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.NodeEntry;
import org.ringward.core.cib.NodeState;
import org.ringward.core.fence.FencePlan;
import org.ringward.core.fence.Rung;

/**
 * The ladder as one node's loss would climb it, or did: which rungs there are, which of them work
 * now, and what each gave the last time. From the agreed state and the timeline, for people.
 */
final class NodeFencing {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final ClusterState state;
  private final String name;
  private final boolean hasRegions;
  private final FencePlan plan;
  private final List<FenceHistory.Entry> history;

  /**
   * @param hasRegions whether there are heartbeat regions over which a node can be asked
   */
  NodeFencing(ClusterState state, String name, boolean hasRegions) {
    this.state = state;
    this.name = name;
    this.hasRegions = hasRegions;
    this.plan = FencePlan.of(state.cib().configuration(), name);
    this.history =
        FenceHistory.entries(state.cib().status()).stream()
            // Letting a node in again proves nothing.
            .filter(entry -> entry.target().equals(name) && !entry.action().equals("on"))
            .toList();
  }

  /** Whether a device or the watchdog can prove it down, in whatever state it is. */
  boolean isProvable() {
    return watchdog().works() || power().works();
  }

  /** What may be promised when the node is lost, and what not. */
  String promise() {
    if (isProvable()) {
      return "what runs on %s is recovered when it is lost".formatted(name);
    }
    String person =
        "before a person confirms that it is down (ringward confirm %s)".formatted(name);
    String mild =
        surrender().works() ? ", unless heartbeats still reach it and it lets go by itself" : "";
    return "what runs on %s is NOT recovered when it is lost, %s%s".formatted(name, person, mild);
  }

  /** From mild to severe. */
  List<PathLine> paths() {
    return List.of(surrender(), watchdog(), power(), person());
  }

  private PathLine surrender() {
    long patience = SurrenderRung.patience(state) / NANOS_PER_MILLI;
    String detail =
        !hasRegions
            ? "there is no heartbeat region over which it could be asked"
            : patience == 0
                ? "fencing-surrender-timeout is 0: it is not asked"
                : "asked over the heartbeat regions while they show it, it may take %s s"
                    .formatted(WatchdogProof.seconds(patience));
    return new PathLine("surrender", hasRegions && patience > 0, detail);
  }

  private PathLine watchdog() {
    long wait = WatchdogProof.waitMillis(state, name);
    long told = NodeStates.bound(state.node(name));
    String detail =
        wait > 0
            ? "off %s s after the others went on without it".formatted(WatchdogProof.seconds(wait))
            : told > 0
                ? "it told of a watchdog, but fencing-watchdog-timeout is 0"
                : "it told of no watchdog";
    return new PathLine("watchdog", wait > 0, detail);
  }

  private PathLine power() {
    List<String> executors = plan.executors(members());
    List<String> told = new ArrayList<>();
    boolean works = false;
    for (FencePlan.Rank rank : plan.ranks()) {
      List<String> troubles = new ArrayList<>(rank.problems());
      rank.devices().stream()
          .filter(device -> DeviceWatch.isFailing(state, device))
          .forEach(device -> troubles.add(device + " does not answer its monitor"));
      works |= troubles.isEmpty() && !rank.devices().isEmpty();
      told.add(
          "level %d: %s"
              .formatted(
                  rank.index(),
                  String.join(" and ", rank.devices())
                      + (troubles.isEmpty() ? "" : " - " + String.join("; ", troubles))));
    }
    if (plan.ranks().isEmpty()) {
      told.add("no device can fence it");
      told.addAll(plan.rejected());
    } else if (executors.isEmpty()) {
      told.add("no member may run them");
    } else {
      told.add("run by " + String.join(", else ", executors));
    }
    return new PathLine("power", works && !executors.isEmpty(), String.join("; ", told));
  }

  private PathLine person() {
    return new PathLine("person", true, "ringward confirm %s --reason TEXT".formatted(name));
  }

  private List<String> members() {
    Configuration configuration = state.cib().configuration();
    return configuration.nodes().stream()
        .map(NodeEntry::uname)
        .filter(each -> NodeStates.isMember(state.node(each)))
        .toList();
  }

  /** One sentence on the last time, for the answer to why. */
  String lastTime() {
    if (history.isEmpty()) {
      return "The history has no fencing of it.";
    }
    FenceHistory.Entry last = history.getFirst();
    String cause = last.cause().isEmpty() ? "" : " because " + last.cause();
    return switch (last.state()) {
      case "succeeded" ->
          "It was last proven down (%s)%s: %s.".formatted(last.action(), cause, last.proof());
      case "failed" ->
          "The last attempt to fence it (%s)%s failed: %s."
              .formatted(last.action(), cause, last.proof());
      default -> "%s is fencing it (%s)%s.".formatted(last.executor(), last.action(), cause);
    };
  }

  /**
   * What each rung is for the node now, or gave for the loss that it is in.
   *
   * @param story what was decided about it, newest first
   */
  List<RungLine> rungs(List<Decision> story) {
    @Nullable NodeState node = state.node(name);
    boolean here = NodeStates.isMember(node);
    List<RungLine> lines = new ArrayList<>();
    lines.add(leave(node));
    lines.add(line(2, Rung.SURRENDER, surrender(), here, letGo(story)));
    lines.add(line(3, Rung.LEASE_EXPIRED, watchdog(), here, null));
    lines.add(line(5, Rung.POWER, power(), here, null));
    lines.add(line(7, Rung.PERSON, person(), here, null));
    return lines;
  }

  private RungLine leave(@Nullable NodeState node) {
    if (NodeStates.isMember(node)) {
      return new RungLine(1, "leave", "ready", "it stops everything and says so when it leaves");
    }
    boolean unclean = node != null && NodeStates.isUnclean(node);
    boolean left = node != null && !unclean && ofThisLoss(Rung.values()).isEmpty();
    return left
        ? new RungLine(1, "leave", "proof", "it stopped its resources and left by itself")
        : new RungLine(1, "leave", "none", "it did not say that it leaves");
  }

  /**
   * @param refused why this rung gave nothing although it could have, null when that is not known
   */
  private RungLine line(
      int number, Rung rung, PathLine path, boolean here, @Nullable String refused) {
    if (!here) {
      List<FenceHistory.Entry> entries = ofThisLoss(rung);
      if (!entries.isEmpty()) {
        FenceHistory.Entry newest = entries.getFirst();
        String state = newest.state().equals("succeeded") ? "proof" : newest.state();
        return new RungLine(number, path.rung(), state, newest.proof());
      }
      if (refused != null) {
        return new RungLine(number, path.rung(), "failed", refused);
      }
    }
    return new RungLine(number, path.rung(), path.works() ? "ready" : "missing", path.detail());
  }

  /** Attempts of these rungs on the life that is lost; what names no rung was a device's. */
  private List<FenceHistory.Entry> ofThisLoss(Rung... rungs) {
    String life = NodeStates.incarnation(state.node(name));
    List<String> names = new ArrayList<>();
    for (Rung rung : rungs) {
      names.add(rung.name());
      if (rung == Rung.POWER) {
        names.add("");
      }
    }
    return history.stream()
        .filter(entry -> entry.incarnation().equals(life) && names.contains(entry.rung()))
        .toList();
  }

  /** What was told last of letting go since the node was lost. */
  private static @Nullable String letGo(List<Decision> story) {
    for (Decision each : story) {
      if (each.kind() == Decision.Kind.MEMBERSHIP) {
        return null;
      }
      if (each.kind() == Decision.Kind.FENCE && SurrenderRung.tells(each.what())) {
        return each.what();
      }
    }
    return null;
  }
}
