package org.ringward.core.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.NodeEntry;
import org.ringward.core.cib.NodeState;

/**
 * Chapter 1: the nodes. Which are members, which are on their way in or out, and which must be
 * fenced because nobody can say what they do.
 */
final class NodeFacts {
  private final Situation situation;

  private NodeFacts(Situation situation) {
    this.situation = situation;
  }

  static void unpack(Situation situation) {
    NodeFacts facts = new NodeFacts(situation);
    facts.configured();
    facts.states();
  }

  private void configured() {
    List<NodeEntry> entries = new ArrayList<>();
    for (NodeEntry entry : situation.cib.configuration().nodes()) {
      String type = entry.attributes().get("type", "member");
      if (type.equals("member") || type.equals("normal")) {
        entries.add(entry);
      } else {
        situation.warnings.add("node " + entry.uname() + ": type " + type + " is not built yet");
      }
    }
    entries.sort((a, b) -> NaturalOrder.compare(a.uname(), b.uname()));
    List<ClusterNode> nodes = new ArrayList<>(entries.size());
    for (NodeEntry entry : entries) {
      ClusterNode node = new ClusterNode(nodes.size(), entry.id(), entry.uname());
      node.unseen = true;
      nodes.add(node);
    }
    situation.setNodes(List.copyOf(nodes));
    String coordinatorId = situation.cib.attributes().get("dc-uuid", "");
    for (int i = 0; i < nodes.size(); i++) {
      ClusterNode node = nodes.get(i);
      node.coordinator = node.id.equals(coordinatorId);
      node.attributes.put("#uname", node.name);
      node.attributes.put("#id", node.id);
      node.attributes.put("#kind", "cluster");
      node.attributes.put("#is_dc", Boolean.toString(node.coordinator));
      situation.attributeRules.collect(
          entries.get(i).sets(), "instance_attributes", node, node.attributes);
    }
  }

  private void states() {
    for (NodeState state : situation.cib.status().nodes()) {
      ClusterNode node = nodeOf(state);
      if (node != null) {
        node.unseen = false;
        Map<String, String> transients = new TreeMap<>();
        situation.attributeRules.collect(
            state.transientAttributes(), "instance_attributes", node, transients);
        node.attributes.putAll(transients);
        demanded(node);
        boolean fencing = situation.options.fencingEnabled();
        node.online = fencing ? onlineWithFencing(node, state) : onlineWithoutFencing(node, state);
      }
    }
    for (ClusterNode node : situation.nodes) {
      if (node.unseen) {
        demanded(node);
        if (situation.options.fencingEnabled() && situation.options.startupFencing()) {
          node.markUnclean("node has not been seen by the cluster");
        }
      }
    }
  }

  /** The node that a state entry speaks of, null for one that is not configured. */
  private @Nullable ClusterNode nodeOf(NodeState state) {
    if (state.attributes().has("remote_node")) {
      return null;
    }
    ClusterNode node = situation.nodeById(state.id());
    return node != null ? node : situation.nodeByName(state.uname());
  }

  /** What node attributes demand: standby, maintenance, shutdown. */
  private static void demanded(ClusterNode node) {
    node.standby = Values.truth(node.attributes.get("standby"), false);
    node.maintenance = Values.truth(node.attributes.get("maintenance"), false);
    String shutdown = node.attributes.get("shutdown");
    node.shutdown = shutdown != null && !shutdown.isEmpty() && !shutdown.equals("0");
  }

  private boolean onlineWithoutFencing(ClusterNode node, NodeState state) {
    if (since(state, "in_ccm", "true") <= 0) {
      return false;
    }
    if (since(state, "crmd", "online") > 0) {
      return state.attributes().get("join", "").equals("member");
    }
    if (expectedUp(node, state)) {
      node.markUnclean("peer is unexpectedly down");
    }
    return false;
  }

  /** Walks the ways in which a peer can be absent, the clearest first. */
  private boolean onlineWithFencing(ClusterNode node, NodeState state) {
    long member = since(state, "in_ccm", "true");
    long peer = since(state, "crmd", "online");
    String join = state.attributes().get("join", "");
    if (node.shutdown) {
      return peer > 0;
    }
    boolean terminate = terminate(node);
    if (member < 0) {
      node.markUnclean("peer has not been seen by the cluster");
    } else if (join.equals("banned")) {
      node.markUnclean("peer failed Pacemaker membership criteria");
    } else if (terminate && member == 0 && peer <= 0 && join.equals("down")) {
      return false;
    } else if (terminate) {
      node.markUnclean("fencing was requested");
    } else if (!expectedUp(node, state)) {
      if (member > 0 || peer > 0) {
        awaitJoining(node, member, peer);
      }
    } else if (member == 0) {
      node.markUnclean("peer is no longer part of the cluster");
    } else if (peer <= 0) {
      node.markUnclean("peer process is no longer available");
    } else if (join.equals("pending") || join.equals("down")) {
      node.pending = true;
    } else if (!join.equals("member")) {
      node.markUnclean("peer was in an unknown state");
    }
    return peer > 0;
  }

  private void awaitJoining(ClusterNode node, long member, long peer) {
    long timeout = situation.options.nodePendingTimeoutMs();
    if (timeout > 0 && member > 1 && peer <= 0) {
      long until = member + timeout / 1000;
      if (until <= situation.now) {
        node.markUnclean("peer pending timed out on joining the process group");
        return;
      }
      situation.recheckAt(until);
    }
    node.pending = true;
  }

  private static boolean terminate(ClusterNode node) {
    String wanted = node.attributes.get("terminate");
    return wanted != null && (Values.truth(wanted, false) || Values.number(wanted, 0) > 0);
  }

  private static boolean expectedUp(ClusterNode node, NodeState state) {
    return state.attributes().get("expected", "down").equals("member") && !node.shutdown;
  }

  /** Minus one when nothing is said, zero for no, above zero for yes (a time or one). */
  private static long since(NodeState state, String attribute, String yes) {
    String value = state.attributes().get(attribute);
    if (value == null) {
      return attribute.equals("crmd") ? 0 : -1;
    }
    if (value.equals(yes) || (attribute.equals("in_ccm") && Values.truth(value, false))) {
      return 1;
    }
    return Math.max(0, Values.number(value, 0));
  }
}
