package org.ringward.core.control;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.NodeState;

/**
 * What a node says of itself where others rely on it. Another member's state that it took over is
 * only what others believe of it: until a view has agreed on that state, its own word comes from
 * the state it held before. A view may end in between, while its members confirm it, and the next
 * one asks again. (The simulator's seed 941010, without person.)
 */
final class OwnWord {
  private @Nullable ClusterState own;

  /** Another member's state takes the place of this node's own; gives back that state. */
  ClusterState replaced(ClusterState held, ClusterState received) {
    own = own == null ? held : own;
    return received;
  }

  /** A view has agreed on the state, with the word of all members in it. */
  void agreed() {
    own = null;
  }

  /** The word; the parameters are those of {@link OwnState#of}. */
  NodeState of(
      ClusterState state, int id, String name, long incarnation, List<ClusterMessage> waiting) {
    ClusterState held = Objects.requireNonNullElse(own, state);
    return HalfMigrations.ownWord(state, OwnState.of(held, id, name, incarnation, waiting));
  }
}
