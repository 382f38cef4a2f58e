package org.ringward.core.control;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.CibVersion;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.Status;

/**
 * What all nodes agree on: the cib and which line of history it belongs to (see {@link StateKey}).
 * Immutable; changed only by applying delivered messages, so two members with the same key hold the
 * same state.
 */
record ClusterState(long primary, Cib cib) {
  /** The state of a node that never was in a cluster. */
  static final ClusterState BLANK = new ClusterState(0, Cib.EMPTY.withVersion(CibVersion.ZERO));

  StateKey key() {
    return new StateKey(primary, version());
  }

  CibVersion version() {
    return cib.version();
  }

  boolean isBlank() {
    return primary == 0;
  }

  /** The state of one node, null when it was never seen. */
  @Nullable NodeState node(String name) {
    for (NodeState node : cib.status().nodes()) {
      if (node.uname().equals(name)) {
        return node;
      }
    }
    return null;
  }

  ClusterState withPrimary(long ringSequence) {
    return new ClusterState(ringSequence, cib);
  }

  /** A change of what is: num_updates grows. */
  ClusterState withStatus(Status status) {
    return new ClusterState(primary, cib.withStatus(status).withVersion(version().nextUpdate()));
  }

  /** A change of what people want: epoch grows, num_updates starts again. */
  ClusterState withConfiguration(Configuration configuration) {
    return new ClusterState(
        primary, cib.withConfiguration(configuration).withVersion(version().nextEpoch()));
  }

  /** Takes over a cib that was computed from this one's with another status; num_updates grows. */
  ClusterState withStatusOf(Cib changed) {
    return withStatus(changed.status());
  }

  /** Changes the state of one node; a node that was never seen is made first. */
  ClusterState withNode(String name, String id, UnaryOperator<NodeState> change) {
    List<NodeState> nodes = new ArrayList<>();
    boolean found = false;
    for (NodeState node : cib.status().nodes()) {
      boolean same = node.uname().equals(name);
      found |= same;
      nodes.add(same ? change.apply(node) : node);
    }
    if (!found) {
      nodes.add(change.apply(NodeState.of(id, name)));
    }
    return withStatus(new Status(nodes, cib.status().others()));
  }
}
