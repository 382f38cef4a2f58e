package org.ringward.core.control;

import java.util.Collections;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.cib.NodeState;

/**
 * This node's orderly way out: wait until no program of this node can believe that it holds a
 * lease, ask the cluster to move everything away, wait for the coordinator's leave, give the others
 * time to receive it, go. From the leave on the others count this node as down, so nothing may be
 * in use here any more. (The simulator's seed 22677.)
 *
 * <p>A node that cannot reach agreement goes when it knows that nothing runs on it, else after a
 * while without order, and will be fenced for what it may leave behind. Only a life that was in a
 * view with quorum knows: the configuration on this node's disk may be older than what an earlier
 * life was told to run. (Seed 1156967: that life's disk was full.)
 */
final class Farewell {
  private static final long ASK_AGAIN_NANOS = 1_000_000_000L;
  private static final long LINGER_NANOS = 150_000_000L;
  private static final long LOOK_AGAIN_NANOS = 20_000_000L;

  /** Longer than any agent's usual stop timeout, shorter than a system's patience at shutdown. */
  private static final long PATIENCE_NANOS = 600_000_000_000L;

  private static final long ALONE_PATIENCE_NANOS = 10_000_000_000L;

  private final String node;
  private final Consumer<ClusterMessage> send;
  private boolean wanted;
  private boolean knows;
  private long askAt;
  private long giveUpAt;
  private long aloneSince = Long.MAX_VALUE;
  private long leaveAt = Long.MAX_VALUE;
  private long lookAt = Long.MAX_VALUE;
  private boolean over;
  private boolean orderly;

  Farewell(String node, Consumer<ClusterMessage> send) {
    this.node = node;
    this.send = send;
  }

  void wanted(Moment now) {
    if (!wanted) {
      wanted = true;
      askAt = now.nanos();
      giveUpAt = now.nanos() + PATIENCE_NANOS;
    }
  }

  boolean isWanted() {
    return wanted;
  }

  /** The coordinator says that nothing runs here any more. */
  void allowed(Moment now) {
    if (wanted && leaveAt == Long.MAX_VALUE) {
      leaveAt = now.nanos() + LINGER_NANOS;
    }
  }

  /**
   * Does what is due.
   *
   * @param agreed whether this node is in an agreed view
   * @param quorate whether that view has quorum
   * @param holdsLeases whether a program of this node can believe that it holds a lease
   */
  void turn(Moment now, boolean agreed, boolean quorate, ClusterState state, boolean holdsLeases) {
    knows |= agreed && quorate;
    if (!wanted || over) {
      return;
    }
    boolean waits = holdsLeases && now.nanos() < giveUpAt;
    lookAt = waits ? now.nanos() + LOOK_AGAIN_NANOS : Long.MAX_VALUE;
    if (waits) {
      return; // Also alone: the others may be back before the leases are over (seed 29540).
    }
    @Nullable NodeState self = state.node(node);
    if (now.nanos() >= leaveAt && self != null && runsSomething(self)) {
      leaveAt = Long.MAX_VALUE; // it came to light after the order; the coordinator will ask again
    } else if (now.nanos() >= leaveAt) {
      finish(true);
    } else if (now.nanos() >= giveUpAt) {
      finish(false);
    } else if (!agreed) {
      aloneSince = Math.min(aloneSince, now.nanos());
      if (knows && nothingRuns(self, state)) {
        finish(true);
      } else if (now.nanos() - aloneSince >= ALONE_PATIENCE_NANOS) {
        finish(false);
      }
    } else {
      aloneSince = Long.MAX_VALUE;
      ask(now, self);
    }
  }

  private void ask(Moment now, @Nullable NodeState self) {
    if (now.nanos() < askAt) {
      return;
    }
    askAt = now.nanos() + ASK_AGAIN_NANOS;
    if (self == null || self.transientAttribute("shutdown") == null) {
      send.accept(
          new ClusterMessage.OperatorOrder(
              0,
              AdminRequest.Verb.SHUTDOWN,
              "the system",
              Collections.singletonMap("node", node),
              null,
              now.wallMillis()));
    }
  }

  /**
   * Known for every configured resource: what was never probed, or is not even known, may run since
   * an earlier life, and what was sent here by live migration may have arrived.
   */
  private static boolean nothingRuns(@Nullable NodeState self, ClusterState state) {
    NodeState known = self == null ? null : HalfMigrations.ownWord(state, self);
    return !state.isBlank()
        && state.cib().configuration().primitives().stream()
            .allMatch(primitive ->
                known != null
                    && ResourceView.on(known, primitive.id()) == ResourceView.Activity.STOPPED);
  }

  private static boolean runsSomething(NodeState self) {
    return self.histories().stream()
        .map(history -> ResourceView.on(self, history.id()))
        .anyMatch(activity ->
            switch (activity) {
              case STARTING, STARTED, STOPPING, FAILED -> true;
              case STOPPED, UNKNOWN -> false;
            });
  }

  private void finish(boolean inOrder) {
    over = true;
    orderly = inOrder;
  }

  boolean isOver() {
    return over;
  }

  boolean wasOrderly() {
    return orderly;
  }

  long nextDeadline() {
    if (!wanted || over) {
      return Long.MAX_VALUE;
    }
    if (lookAt != Long.MAX_VALUE) {
      return lookAt;
    }
    long next =
        aloneSince == Long.MAX_VALUE
            ? Math.min(giveUpAt, askAt)
            : Math.min(giveUpAt, aloneSince + ALONE_PATIENCE_NANOS);
    return Math.min(next, leaveAt);
  }
}
