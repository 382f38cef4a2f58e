package org.ringward.core.control;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.WhyReport;
import org.ringward.core.base.Decision;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.Known;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.OperatorWishes;
import org.ringward.core.quorum.QuorumVerdict;

/** Answers to why there is quorum, why people moved or banned something, why a node was fenced. */
final class WhyEvents {
  private static final int RECORDS_SHOWN = 10;

  private final ClusterState state;
  private final Timeline timeline;

  WhyEvents(ClusterState state, Timeline timeline) {
    this.state = state;
    this.timeline = timeline;
  }

  /** Whether a resource or node has that name. */
  boolean isKnown(String name) {
    return configuration().resource(name) != null || configuration().node(name) != null;
  }

  private Configuration configuration() {
    return state.cib().configuration();
  }

  // ---- quorum ----

  WhyReport quorum(
      String cluster,
      QuorumVerdict verdict,
      List<String> outlook,
      OperatorDesk.QuorumForesight foresight) {
    String may = verdict.quorate() ? "This side may go on: " : "This side may not go on: ";
    List<String> facts = new ArrayList<>();
    facts.add(
        "%d of %d expected votes are here, %d are needed"
            .formatted(verdict.votes(), verdict.expected(), verdict.needed()));
    if (verdict.deviceVotes() > 0) {
      facts.add("%d of them are the quorum device's".formatted(verdict.deviceVotes()));
    }
    facts.addAll(outlook);
    return new WhyReport(
        "quorum",
        may + verdict.reason() + ".",
        List.of(),
        List.of(),
        timeline.about(cluster, RECORDS_SHOWN),
        List.of(),
        facts,
        lost(verdict, foresight));
  }

  /** Who must not be lost; worked out by votequorum on copies of its state. */
  private List<WhyReport.Difference> lost(
      QuorumVerdict verdict, OperatorDesk.QuorumForesight foresight) {
    List<WhyReport.Difference> differences = new ArrayList<>();
    for (NodeState node : state.cib().status().nodes()) {
      boolean spared = foresight.spared().contains(node.uname());
      if (NodeStates.isMember(node) && verdict.quorate() && !spared) {
        differences.add(
            new WhyReport.Difference(
                "if %s were lost".formatted(node.uname()), "the others would have no quorum"));
      }
    }
    return differences;
  }

  // ---- moves and bans ----

  /**
   * Why a resource has been moved, or banned from nodes, by somebody, or has not.
   *
   * @param kind move or ban
   */
  WhyReport wish(String resource, String kind, long nowSeconds) {
    Known.resource(configuration(), resource);
    List<String> sentences = new ArrayList<>();
    List<String> facts = new ArrayList<>();
    for (OperatorWishes.Line wish : OperatorWishes.of(configuration(), nowSeconds)) {
      if (wish.kind().equals(kind) && wish.resource().equals(resource)) {
        sentences.add(sentence(wish));
        facts.add("constraint %s; ringward clear %s takes it back".formatted(wish.id(), resource));
      }
    }
    if (sentences.isEmpty()) {
      sentences.add("No %s of %s is in force.".formatted(kind, resource));
    }
    return new WhyReport(
        resource,
        String.join(" ", sentences),
        List.of(),
        List.of(),
        timeline.about(resource, RECORDS_SHOWN),
        List.of(),
        facts,
        List.of());
  }

  private static String sentence(OperatorWishes.Line wish) {
    String author = wish.author().isEmpty() ? "somebody" : wish.author();
    StringBuilder text = new StringBuilder();
    text.append(
        wish.kind().equals("move")
            ? "%s wants %s on %s".formatted(author, wish.resource(), wish.node())
            : "%s wants %s not on %s".formatted(author, wish.resource(), wish.node()));
    text.append(wish.since().isEmpty() ? "" : " since " + wish.since());
    text.append(
        wish.until().isEmpty()
            ? ", until it is cleared"
            : (wish.over() ? ", which ended at " : ", until ") + wish.until());
    text.append(wish.reason().isEmpty() ? "; no reason was given" : ": " + wish.reason());
    return text.append('.').toString();
  }

  // ---- fencing ----

  /** Why a node was fenced the last time, or why it is not. */
  WhyReport fence(String node) {
    Known.node(configuration(), node);
    List<Decision> records =
        timeline.records(node).stream()
            .filter(each ->
                each.kind() == Decision.Kind.FENCE || each.kind() == Decision.Kind.MEMBERSHIP)
            .sorted((one, other) -> one.clock().compareTo(other.clock()))
            .toList();
    @Nullable NodeState known = state.node(node);
    List<Decision> last = lastTime(records);
    List<String> facts = new ArrayList<>();
    for (Decision each : last) {
      facts.add(each.why().isEmpty() ? each.what() : each.what() + ": " + each.why().getFirst());
    }
    return new WhyReport(
        node,
        fenced(node, known, last),
        List.of(),
        List.of(),
        timeline.about(node, RECORDS_SHOWN),
        List.of(),
        facts,
        List.of());
  }

  /** From the loss before the last fencing on. */
  private static List<Decision> lastTime(List<Decision> records) {
    int from = records.size();
    boolean fencing = false;
    for (int at = records.size() - 1; at >= 0; at--) {
      Decision each = records.get(at);
      fencing |= each.kind() == Decision.Kind.FENCE;
      if (fencing) {
        from = at;
      }
      if (fencing && each.fact("event").equals("lost")) {
        break;
      }
    }
    return records.subList(from, records.size());
  }

  private static String fenced(String node, @Nullable NodeState known, List<Decision> last) {
    boolean waits = known != null && NodeStates.isUnclean(known);
    @Nullable Decision first =
        last.stream().filter(each -> each.kind() == Decision.Kind.FENCE).findFirst().orElse(null);
    if (first == null) {
      return waits
          ? node + " is lost and not proven to be down; nothing has been tried yet."
          : node
              + " is not fenced, and was not as far as this node remembers: "
              + (known != null && NodeStates.isMember(known)
                  ? "it is a member, and nothing that must run elsewhere depends on its end."
                  : "it left in good order or was never here, so nothing of it can run.");
    }
    @Nullable Decision end =
        last.stream()
            .filter(
                each -> each.fact("event").equals("proof") || each.fact("event").equals("failed"))
            .reduce((_, later) -> later)
            .orElse(null);
    String cause = first.why().isEmpty() ? first.what() : first.why().getFirst();
    String outcome;
    if (end == null) {
      Decision told = last.getLast();
      outcome = "There is no proof yet: " + told.what() + ".";
    } else {
      String why = end.why().isEmpty() ? "" : ": " + end.why().getFirst();
      outcome = end.what() + why + ".";
    }
    return "%s had to be fenced: %s. %s".formatted(node, cause, outcome);
  }
}
