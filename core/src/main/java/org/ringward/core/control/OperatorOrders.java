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
import org.ringward.core.cib.ConfigurationDigest;
import org.ringward.core.cib.Known;
import org.ringward.core.cib.NodeEntry;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.Wish;
import org.ringward.core.fence.FencePlan;
import org.ringward.core.fence.Rung;

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
          "this side of the cluster has no quorum, so nothing can be changed here; 'ringward quorum"
              + " status' shows what is missing");
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
    Wish wish = wish(order);
    return switch (order.verb()) {
      case APPLY -> applied(state, order);
      case MOVE ->
          edited(state, CibEdits.move(state.cib(), required(resource, "resource"), node, wish));
      case BAN ->
          edited(state, CibEdits.ban(state.cib(), required(resource, "resource"), node, wish));
      case CLEAR -> edited(state, CibEdits.clear(now, required(resource, "resource"), node));
      case STANDBY -> edited(state, CibEdits.standby(now, required(node, "node"), on(options)));
      case MAINTENANCE -> edited(state, CibEdits.maintenance(now, node, on(options)));
      case CLEANUP -> Cleanup.applied(state, resource, node, isTrue(options, "refresh"));
      case TICKET -> Tickets.applied(state, order);
      case RESTART -> Restarts.applied(state, required(resource, "resource"), node);
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
          HISTORY,
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
          TRANSITION,
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

  /** Author, reason and end of a move or ban; times are those of the order. */
  private static Wish wish(ClusterMessage.OperatorOrder order) {
    Map<String, String> options = order.options();
    return Wish.of(
        order.author(),
        options.getOrDefault("reason", ""),
        options.get("lifetime"),
        options.get("role"),
        order.wallMillis());
  }

  private static boolean isTrue(Map<String, String> options, String name) {
    return options.getOrDefault(name, "false").equals("true");
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
    @Nullable String digest = order.options().get("expect-digest");
    if (digest != null && !digest.equals(ConfigurationDigest.of(state.cib().configuration()))) {
      throw new OperatorException(
          ExitCode.OLD,
          "the plan was made for another configuration with version "
              + version
              + " than the one in force, on a node that had lost the others; look at the plan"
              + " again");
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
    String what = order.options().getOrDefault("what", "the configuration is in force");
    return new Outcome(state.withConfiguration(wanted), 0, what);
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

  private static Outcome confirmed(
      ClusterState state, String node, ClusterMessage.OperatorOrder order) {
    NodeState target = known(state, node);
    if (NodeStates.isMember(target)) {
      throw new OperatorException(
          ExitCode.UNSAFE,
          node
              + " is a member of the cluster right now, so it cannot be confirmed to be down; 'ringward"
              + " fence' takes one down");
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
    if (isDrill(order)) {
      refuseUselessDrill(state, node);
    }
    return new Outcome(state, 0, "fencing of " + node + " (" + action + ") was ordered");
  }

  /** Why a node is fenced that an operator wants fenced. */
  static String cause(ClusterMessage.OperatorOrder order) {
    return (isDrill(order) ? FenceHistory.DRILL + ", " : "") + "ordered by " + order.author();
  }

  private static boolean isDrill(ClusterMessage.OperatorOrder order) {
    return order.options().getOrDefault("reason", "").equals("drill");
  }

  private static void refuseUselessDrill(ClusterState state, String node) {
    if (!NodeStates.isMember(state.node(node))) {
      throw new OperatorException(
          ExitCode.UNSAFE, node + " is no member of the cluster, so fencing it would show nothing");
    }
    Configuration configuration = state.cib().configuration();
    List<String> members =
        configuration.nodes().stream()
            .map(NodeEntry::uname)
            .filter(each -> NodeStates.isMember(state.node(each)))
            .toList();
    if (FencePlan.of(configuration, node).executors(members).isEmpty()) {
      throw new OperatorException(
          ExitCode.UNSAFE,
          "no member has a device for " + node + " ('ringward fence status' says why)");
    }
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
            Known.unknown(
                "node",
                node,
                state.cib().configuration().nodes().stream().map(NodeEntry::uname).toList()));
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
