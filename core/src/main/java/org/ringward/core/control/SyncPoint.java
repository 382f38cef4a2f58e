package org.ringward.core.control;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ringward.core.base.NodeSet;
import org.ringward.core.cib.Attributes;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.CibXml;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.NodeEntry;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.ResourceHistory;
import org.ringward.core.cib.Status;
import org.ringward.core.quorum.QuorumVerdict;

/** What becomes of the agreed state at the moment all members of a new view have agreed on it. */
final class SyncPoint {
  private SyncPoint() {}

  /**
   * The members' own word about what runs on them replaces what others believed; nodes that are not
   * members are lost. The same on all members, because it depends on the agreed state and the
   * delivered offers only.
   *
   * @param verdict whether this view may go on; it also begins a new line of history unless it is a
   *     half that is quorate by two_node alone
   */
  static ClusterState apply(
      ClusterState agreed,
      long ringSequence,
      NodeSet members,
      Map<Integer, ClusterMessage.StateOffer> offers,
      QuorumVerdict verdict) {
    Map<String, ClusterMessage.StateOffer> byName = new LinkedHashMap<>();
    Map<String, String> ids = new LinkedHashMap<>();
    offers.forEach((id, offer) -> {
      byName.put(offer.node(), offer);
      ids.put(offer.node(), Integer.toString(id));
    });
    List<NodeState> nodes = new ArrayList<>();
    for (NodeState node : agreed.cib().status().nodes()) {
      ClusterMessage.StateOffer offer = byName.remove(node.uname());
      nodes.add(offer == null ? NodeStates.lost(node) : member(node, offer));
    }
    byName.forEach(
        (name, offer) -> nodes.add(member(NodeState.of(ids.getOrDefault(name, ""), name), offer)));
    ClusterState known = quorum(agreed, ringSequence, members, offers, verdict);
    return halves(agreed, known.withStatus(new Status(nodes, agreed.cib().status().others())));
  }

  /** What a new life, or a node that is back, makes of live migrations that were under way. */
  private static ClusterState halves(ClusterState before, ClusterState after) {
    ClusterState changed = after;
    for (NodeState node : after.cib().status().nodes()) {
      NodeState old = before.node(node.uname());
      if (old != null && !NodeStates.incarnation(old).equals(NodeStates.incarnation(node))) {
        changed = HalfMigrations.historyEnds(changed, old);
      }
      if (NodeStates.isMember(node) && (old == null || !NodeStates.isMember(old))) {
        changed = HalfMigrations.targetIsBack(changed, node.uname());
      }
    }
    return changed;
  }

  /**
   * Whether this side begins a new line of history although the other could be quorate as well
   * (two_node): everybody who is not here is proven down, or has left. What it changes from now on
   * must win over what the other side changed before it let go. (The simulator's seed 25120.)
   */
  static boolean foundsAlone(ClusterState agreed, long ringSequence, QuorumVerdict verdict) {
    return verdict.quorate()
        && !verdict.isExclusive()
        && !agreed.isBlank()
        && agreed.primary() < ringSequence
        && NodeStates.areOthersDown(agreed.cib());
  }

  /** What becomes of it when the members may go on, or no more; parameters as above. */
  static ClusterState quorum(
      ClusterState agreed,
      long ringSequence,
      NodeSet members,
      Map<Integer, ClusterMessage.StateOffer> offers,
      QuorumVerdict verdict) {
    boolean founds = verdict.quorate() && verdict.isExclusive();
    Cib cib = agreed.cib();
    Attributes attributes =
        cib.attributes()
            .with("have-quorum", verdict.quorate() ? "1" : "0")
            .with("dc-uuid", Integer.toString(members.lowest()));
    ClusterState state =
        new ClusterState(
            founds ? ringSequence : agreed.primary(),
            new Cib(attributes, cib.configuration(), cib.status(), cib.others()));
    return founds ? withConfiguredNodes(state, offers) : state;
  }

  /**
   * Every node that a member was told of belongs into the configuration, so that absent ones are
   * noticed.
   */
  private static ClusterState withConfiguredNodes(
      ClusterState state, Map<Integer, ClusterMessage.StateOffer> offers) {
    Configuration configuration = state.cib().configuration();
    Map<String, NodeEntry> entries = new TreeMap<>();
    configuration.nodes().forEach(entry -> entries.put(entry.uname(), entry));
    int before = entries.size();
    for (ClusterMessage.StateOffer offer : offers.values()) {
      offer
          .nodes()
          .forEach((id, name) ->
              entries.putIfAbsent(
                  name,
                  new NodeEntry(Attributes.of("id", id, "uname", name), List.of(), List.of())));
    }
    return entries.size() == before
        ? state
        : state.withConfiguration(configuration.withNodes(new ArrayList<>(entries.values())));
  }

  private static NodeState member(NodeState node, ClusterMessage.StateOffer offer) {
    return NodeStates.member(
        node, Long.toUnsignedString(offer.incarnation(), 16), histories(offer.self()));
  }

  /** What a node says about itself travels as its node_state element. */
  static String text(NodeState node) {
    return CibXml.write(CibXml.toElement(node));
  }

  private static List<ResourceHistory> histories(String text) {
    return CibXml.toNodeState(CibXml.readElement("offer", text)).histories();
  }
}
