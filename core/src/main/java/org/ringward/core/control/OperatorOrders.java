package org.ringward.core.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.CibEdits;
import org.ringward.core.cib.CibVersion;
import org.ringward.core.cib.CibXml;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.NodeEntry;
import org.ringward.core.cib.NodeState;
import org.ringward.core.fence.Rung;
import org.ringward.core.history.FailCounts;

/** How operators' orders change the agreed state: pure, the same on every node. */
final class OperatorOrders {
  private OperatorOrders() {}

  /**
   * What became of an order.
   *
   * @param exitCode 0, or why it was refused; a refused order changed nothing
   * @param message one sentence for the operator
   */
  record Outcome(ClusterState state, int exitCode, String message) {
    boolean refused() {
      return exitCode != 0;
    }
  }

  /**
   * @param may whether this side may do that, as far as quorum is concerned
   */
  static Outcome apply(ClusterState state, ClusterMessage.OperatorOrder order, boolean may) {
    boolean needsQuorum =
        order.verb() != AdminRequest.Verb.SHUTDOWN
            && order.verb() != AdminRequest.Verb.QUORUM_FORCE;
    if (needsQuorum && !may) {
      return new Outcome(
          state,
          ExitCode.NO_QUORUM.number(),
          "this side of the cluster has no quorum, so nothing can be changed here");
    }
    try {
      return accepted(state, order);
    } catch (OperatorException e) {
      return new Outcome(state, e.exitCode().number(), e.sentence());
    }
  }

  private static Outcome accepted(ClusterState state, ClusterMessage.OperatorOrder order) {
    Map<String, String> options = order.options();
    Configuration now = state.cib().configuration();
    @Nullable String resource = options.get("resource");
    @Nullable String node = options.get("node");
    @Nullable String lifetime = options.get("lifetime");
    return switch (order.verb()) {
      case APPLY -> applied(state, order);
      case MOVE ->
          edited(state, CibEdits.move(state.cib(), required(resource, "resource"), node, lifetime));
      case BAN ->
          edited(state, CibEdits.ban(state.cib(), required(resource, "resource"), node, lifetime));
      case CLEAR -> edited(state, CibEdits.clear(now, required(resource, "resource"), node));
      case STANDBY -> edited(state, CibEdits.standby(now, required(node, "node"), on(options)));
      case MAINTENANCE -> edited(state, CibEdits.maintenance(now, node, on(options)));
      case CLEANUP -> cleanedUp(state, resource, node);
      case CONFIRM -> confirmed(state, required(node, "node"), order);
      case FENCE -> fenceWanted(state, required(node, "node"), order);
      case SHUTDOWN -> shutdown(state, required(node, "node"), order);
      case QUORUM_FORCE ->
          new Outcome(
              state,
              0,
              "quorum is forced by "
                  + order.author()
                  + ": "
                  + required(options.get("reason"), "reason"));
      case QUORUM_EXPECTED_VOTES ->
          new Outcome(state, 0, "all nodes are asked to expect " + votes(options) + " votes");
      case STATUS,
          PLAN,
          CONFIGURATION,
          WHY,
          TIMELINE,
          EXERCISED,
          REHEARSAL,
          TIMING,
          RING_STATUS,
          RING_LINKS,
          RING_RELOAD,
          QUORUM_STATUS,
          REGIONS,
          FENCING,
          LEASES,
          INQUIRE ->
          throw new OperatorException(
              ExitCode.SOFTWARE, order.verb() + " is a question, not an order");
    };
  }

  /** The number of votes that shall be expected. */
  static int votes(Map<String, String> options) {
    String text = required(options.get("votes"), "votes");
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
      throw new OperatorException(
          ExitCode.USAGE, "votes is '" + text + "'; a number from 1 to 65535 is needed");
    }
    return Integer.parseInt(text);
  }

  private static boolean on(Map<String, String> options) {
    return options.getOrDefault("on", "true").equals("true");
  }

  private static String required(@Nullable String value, String name) {
    if (value == null || value.isEmpty()) {
      throw new OperatorException(ExitCode.USAGE, "the option '" + name + "' is missing");
    }
    return value;
  }

  private static Outcome edited(ClusterState state, CibEdits.Edit edit) {
    boolean same = edit.configuration().equals(state.cib().configuration());
    return new Outcome(
        same ? state : state.withConfiguration(edit.configuration()), 0, edit.sentence());
  }

  private static Outcome applied(ClusterState state, ClusterMessage.OperatorOrder order) {
    @Nullable String expected = order.options().get("expect-version");
    CibVersion version = state.version();
    String current = version.adminEpoch() + "." + version.epoch();
    if (expected != null && !(expected + ".").startsWith(current + ".")) {
      throw new OperatorException(
          ExitCode.OLD,
          "the plan was made for version "
              + expected
              + ", the cluster has version "
              + version
              + " now; look at the plan again");
    }
    @Nullable String document = order.document();
    Configuration wanted =
        merged(
            state.cib().configuration(),
            CibXml.readConfiguration(
                order.options().getOrDefault("file", "configuration"),
                required(document, "document")));
    if (wanted.equals(state.cib().configuration())) {
      return new Outcome(state, 0, "nothing changes");
    }
    return new Outcome(state.withConfiguration(wanted), 0, "the configuration is in force");
  }

  /**
   * Nodes are known from the nodes themselves: a document changes the attributes of those it names.
   */
  static Configuration merged(Configuration current, Configuration wanted) {
    Map<String, NodeEntry> entries = new TreeMap<>();
    current.nodes().forEach(node -> entries.put(node.uname(), node));
    for (NodeEntry node : wanted.nodes()) {
      @Nullable NodeEntry known = entries.get(node.uname());
      if (known == null) {
        throw new OperatorException(
            ExitCode.CONFIGURATION,
            "nodes: no node is named '"
                + node.uname()
                + "'; this cluster has "
                + String.join(", ", entries.keySet()));
      }
      entries.put(
          node.uname(),
          new NodeEntry(node.attributes().with("id", known.id()), node.sets(), node.others()));
    }
    return wanted.withNodes(new ArrayList<>(entries.values()));
  }

  private static Outcome cleanedUp(
      ClusterState state, @Nullable String resource, @Nullable String node) {
    if (node != null && state.node(node) == null) {
      throw new OperatorException(ExitCode.NO_SUCH_OBJECT, "there is no node '" + node + "'");
    }
    List<String> members = Cleanup.primitives(state.cib().configuration(), resource);
    ClusterState cleaned = state;
    int count = 0;
    for (NodeState each : state.cib().status().nodes()) {
      for (String primitive : members) {
        boolean wanted = node == null || node.equals(each.uname());
        if (wanted && Cleanup.hasFailed(state.cib(), each, primitive)) {
          count++;
          cleaned = cleaned.withStatusOf(FailCounts.clear(cleaned.cib(), each.uname(), primitive));
          cleaned = cleaned.withNode(each.uname(), each.id(), old -> old.withoutHistory(primitive));
        }
      }
    }
    return new Outcome(
        cleaned,
        0,
        count == 0
            ? "there was no failure to forget"
            : "forgot " + count + (count == 1 ? " failure" : " failures"));
  }

  private static Outcome confirmed(
      ClusterState state, String node, ClusterMessage.OperatorOrder order) {
    NodeState target = known(state, node);
    if (NodeStates.isMember(target)) {
      throw new OperatorException(
          ExitCode.UNSAFE,
          node + " is a member of the cluster right now, so it cannot be confirmed to be down");
    }
    String reason = order.options().getOrDefault("reason", "");
    String sentence = order.author() + " confirmed that " + node + " is down: " + reason;
    FenceHistory.Entry entry =
        new FenceHistory.Entry(
            order.wallMillis(),
            node,
            NodeStates.incarnation(target),
            "confirm",
            order.author(),
            "succeeded",
            Rung.PERSON.name() + ": " + sentence,
            "ordered by " + order.author(),
            Rung.PERSON.name(),
            order.wallMillis());
    ClusterState recorded = state.withStatus(FenceHistory.with(state.cib().status(), entry));
    String life = NodeStates.incarnation(target);
    ClusterState proven = StateMachine.provenDown(recorded, node, life);
    return new Outcome(
        LeaseStates.down(proven, node, life, sentence, order.author(), order.wallMillis()),
        0,
        sentence);
  }

  private static Outcome fenceWanted(
      ClusterState state, String node, ClusterMessage.OperatorOrder order) {
    known(state, node);
    String action = order.options().getOrDefault("action", "reboot");
    if (!List.of("off", "reboot", "on").contains(action)) {
      throw new OperatorException(
          ExitCode.USAGE, "action is '" + action + "'; allowed are off, reboot and on");
    }
    return new Outcome(state, 0, "fencing of " + node + " (" + action + ") was ordered");
  }

  private static NodeState known(ClusterState state, String node) {
    @Nullable NodeState seen = state.node(node);
    if (seen != null) {
      return seen;
    }
    return state.cib().configuration().nodes().stream()
        .filter(each -> each.uname().equals(node))
        .findFirst()
        .map(each -> NodeState.of(each.id(), node))
        .orElseThrow(() ->
            new OperatorException(ExitCode.NO_SUCH_OBJECT, "there is no node '" + node + "'"));
  }

  private static Outcome shutdown(
      ClusterState state, String node, ClusterMessage.OperatorOrder order) {
    NodeState seen = known(state, node);
    String since = Long.toString(order.wallMillis() / 1000);
    return new Outcome(
        state.withNode(node, seen.id(), each -> each.withTransientAttribute("shutdown", since)),
        0,
        node + " hands its resources over and leaves");
  }
}
