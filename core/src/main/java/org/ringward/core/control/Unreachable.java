package org.ringward.core.control;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.Decision;
import org.ringward.core.cib.NodeState;

/**
 * Follows nodes that the ring has lost and that are not proven down: while heartbeat regions see
 * such a node it is alive and unreachable over the ring. That is told; and it can be asked to let
 * go of what it runs ({@link OwnSurrender}).
 */
public final class Unreachable {
  private static final long LOOK_NANOS = 100_000_000;

  private final Storyteller storyteller;
  private final Map<String, Boolean> alive = new TreeMap<>();
  private Evidence evidence = Evidence.NONE;
  private long nextLook = Long.MIN_VALUE;

  Unreachable(Storyteller storyteller) {
    this.storyteller = storyteller;
  }

  /** Sets what else than the ring shows of nodes. */
  public void evidence(Evidence source) {
    evidence = source;
  }

  /** What is known of a node beside the ring; empty when it is a member or nothing is known. */
  String about(String node) {
    return evidence.about(node);
  }

  /** {@link Evidence#sight}. */
  Evidence.Sight sight(String node) {
    return evidence.sight(node);
  }

  /** {@link Evidence#ask}. */
  boolean ask(String node, String question, long patienceNanos, Consumer<@Nullable String> ended) {
    return evidence.ask(node, question, patienceNanos, ended);
  }

  /** Looks again; the coordinator tells what is new for all. */
  void turn(ClusterState state, boolean coordinates, Moment now) {
    if (now.nanos() < nextLook) {
      return;
    }
    nextLook = now.nanos() + LOOK_NANOS;
    for (NodeState node : state.cib().status().nodes()) {
      if (!NodeStates.isUnclean(node)) {
        alive.remove(node.uname());
        continue;
      }
      boolean is = evidence.isAlive(node.uname());
      Boolean was = alive.put(node.uname(), is);
      if (coordinates && (was == null ? is : was != is)) {
        tell(node.uname(), is);
      }
    }
  }

  private void tell(String node, boolean is) {
    storyteller.decide(
        Decision.Kind.NODE,
        node,
        is
            ? node + " is alive but not reached by the ring"
            : node + " is not seen on any heartbeat region any more",
        List.of(evidence.about(node)));
  }
}
