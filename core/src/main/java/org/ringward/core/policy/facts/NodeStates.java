package org.ringward.core.policy.facts;

import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Attributes;
import org.ringward.core.cib.CibXml;
import org.ringward.core.cib.Element;
import org.ringward.core.cib.NodeState;
import org.ringward.core.policy.model.ClusterOptions;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.model.Values;
import org.ringward.core.policy.rule.RuleInput;
import org.ringward.core.policy.rule.Rules;

/** Which nodes are there, which are on their way in or out, and which have to be fenced. */
final class NodeStates {
  private final Situation situation;
  private final Rules rules;

  NodeStates(Facts facts) {
    this.situation = facts.situation();
    this.rules = facts.rules();
  }

  /** The node that a state speaks of, null for one that is not known. */
  @Nullable PolicyNode nodeOf(NodeState state) {
    PolicyNode node = situation.nodeById(state.id());
    return node != null ? node : situation.nodeByName(state.uname());
  }

  /** Reads the state of a member; of others just what is said about them, not how they are. */
  void read(NodeState state) {
    PolicyNode node = nodeOf(state);
    if (node == null) {
      return;
    }
    node.fenced = Values.number(state.attributes().get("node_fenced"), 0) > 0;
    if (node.isRemoteOrGuest()) {
      node.unclean = false;
      node.remoteMaintenance = Values.truth(state.attributes().get("remote_maintenance"), false);
      return;
    }
    node.unseen = false;
    node.unclean = false;
    attributes(state, node);
    demanded(node);
    node.expectedUp = expectedUp(node, state);
    node.online =
        situation.options.fencingEnabled
            ? onlineWithFencing(node, state)
            : onlineWithoutFencing(node, state);
    if (node.online
        && !situation.options.haveQuorum
        && situation.options.quorumPolicy == ClusterOptions.QuorumPolicy.FENCE) {
      node.markUnclean("cluster does not have quorum");
    }
  }

  private void attributes(NodeState state, PolicyNode node) {
    RuleInput input = RuleInput.NONE.withNode(node);
    Element owner = CibXml.toElement(withOnlyAttributes(state));
    for (Element section : owner.children()) {
      if (section.name().equals("transient_attributes")) {
        node.transients.putAll(rules.values(section, "instance_attributes", input));
        rules
            .values(section, "utilization", input)
            .forEach((name, value) -> node.capacity.put(name, Values.score(value, 0)));
      }
    }
    node.attributes.putAll(node.transients);
  }

  private static NodeState withOnlyAttributes(NodeState state) {
    return new NodeState(
        Attributes.of("id", state.id()),
        state.transientAttributes(),
        java.util.List.of(),
        java.util.List.of());
  }

  /** What node attributes demand: standby, maintenance, shutdown. */
  void demanded(PolicyNode node) {
    node.standby = Values.truth(node.attributes.get("standby"), false);
    node.maintenance = Values.truth(node.attributes.get("maintenance"), false);
    node.shutdown = shutdownRequested(node);
  }

  private static boolean shutdownRequested(PolicyNode node) {
    String shutdown = node.attributes.get("shutdown");
    return shutdown != null && !shutdown.isEmpty() && !shutdown.equals("0");
  }

  private boolean onlineWithoutFencing(PolicyNode node, NodeState state) {
    if (since(state, "in_ccm", "true") <= 0) {
      return false;
    }
    if (since(state, "crmd", "online") > 0) {
      return state.attributes().get("join", "").equals("member");
    }
    if (node.expectedUp) {
      Trouble.fence(node, "peer is unexpectedly down");
    }
    return false;
  }

  /** Walks the ways in which a peer can be absent, the clearest first. */
  private boolean onlineWithFencing(PolicyNode node, NodeState state) {
    long member = since(state, "in_ccm", "true");
    long peer = since(state, "crmd", "online");
    String join = state.attributes().get("join", "");
    if (node.shutdown) {
      return peer > 0;
    }
    boolean terminate = terminate(node);
    if (member < 0) {
      Trouble.fence(node, "peer has not been seen by the cluster");
    } else if (join.equals("banned")) {
      Trouble.fence(node, "peer failed Pacemaker membership criteria");
    } else if (terminate && member == 0 && peer <= 0 && join.equals("down")) {
      return false;
    } else if (terminate) {
      Trouble.fence(node, "fencing was requested");
    } else if (!node.expectedUp) {
      if (member > 0 || peer > 0) {
        awaitJoining(node, member, peer);
      }
    } else if (member == 0) {
      Trouble.fence(node, "peer is no longer part of the cluster");
    } else if (peer <= 0) {
      Trouble.fence(node, "peer process is no longer available");
    } else if (join.equals("pending") || join.equals("down")) {
      node.pending = true;
    } else if (!join.equals("member")) {
      Trouble.fence(node, "peer was in an unknown state");
    }
    return member > 0;
  }

  private void awaitJoining(PolicyNode node, long member, long peer) {
    long timeout = situation.options.nodePendingTimeoutMs;
    if (timeout > 0 && member > 1 && peer <= 0) {
      long until = member + timeout / 1000;
      if (until <= situation.now) {
        Trouble.fence(node, "peer pending timed out on joining the process group");
        return;
      }
      situation.recheckAt(until);
    }
    node.pending = true;
  }

  private static boolean terminate(PolicyNode node) {
    String wanted = node.attributes.get("terminate");
    return wanted != null && (Values.truth(wanted, false) || Values.number(wanted, 0) > 0);
  }

  private static boolean expectedUp(PolicyNode node, NodeState state) {
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

  /** What is said about a remote or guest node whose history is about to be read. */
  void readRemote(PolicyNode node, NodeState state) {
    node.unseen = false;
    attributes(state, node);
    if (shutdownRequested(node)) {
      node.shutdown = true;
    }
    if (Values.truth(node.attributes.get("standby"), false)) {
      node.standby = true;
    }
    PrimitiveResource connection = node.connection;
    if (Values.truth(node.attributes.get("maintenance"), false)
        || (connection != null && !connection.managed)) {
      node.maintenance = true;
    }
    boolean discovery = Values.truth(node.attributes.get("resource-discovery-enabled"), true);
    if (!discovery && (node.isGuest() || situation.options.fencingEnabled)) {
      node.probed = false;
    }
  }

  /** A remote node is as its connection and its container are. */
  static void remoteOnline(PolicyNode node) {
    PrimitiveResource connection = node.connection;
    if (connection == null) {
      node.online = false;
      return;
    }
    PrimitiveResource container = connection.container;
    if (connection.role == Role.STARTED) {
      node.online = true;
      if (connection.nextRole == Role.STOPPED) {
        node.shutdown = true;
      }
    }
    PolicyNode host =
        container != null && container.runningOn.size() == 1
            ? container.runningOn.getFirst()
            : null;
    if (container != null && container.failed) {
      node.online = false;
      node.resetNeeded = true;
    } else if (connection.failed) {
      node.online = false;
    } else if (connection.role == Role.STOPPED
        || (container != null && container.role == Role.STOPPED)) {
      node.online = false;
      node.resetNeeded = false;
    } else if (host != null && !host.online && host.unclean) {
      node.online = false;
      node.resetNeeded = true;
    }
  }
}
