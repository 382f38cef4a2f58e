package org.ringward.core.control;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.ClusterProperties;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.NodeState;
import org.ringward.core.fence.Proof;

/**
 * The proof by time: a lost node whose watchdog the others can count on is off when the time is
 * over that it told them of. The operator allows it by fencing-watchdog-timeout: the time to wait,
 * at least; -1 for as long as the node told.
 */
final class WatchdogProof {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private WatchdogProof() {}

  /** Whether a member can be told to let its watchdog reset it. */
  static boolean canBeTold(ClusterState state, String node) {
    return covers(state, node) && NodeStates.isMember(state.node(node));
  }

  /** Whether the cluster may count on the watchdog of that node. */
  static boolean covers(ClusterState state, String node) {
    return waitMillis(state, node) > 0;
  }

  /**
   * How long after the view without it was agreed a node counts as off, in milliseconds; 0 when
   * there is no such proof. Never less than what the node itself told.
   */
  static long waitMillis(ClusterState state, String node) {
    long bound = NodeStates.bound(state.node(node));
    long wanted = wanted(state.cib().configuration());
    return bound == 0 || wanted == 0 ? 0 : Math.max(bound, wanted);
  }

  /**
   * When the node counts as off.
   *
   * @param incarnation the life of its daemon that is to be ended
   * @param since when this node agreed to the view without it, with quorum that only one side has
   * @return monotonic nanoseconds, Long.MAX_VALUE for never
   */
  static long ends(ClusterState state, String node, String incarnation, long since) {
    long wait = waitMillis(state, node);
    @Nullable NodeState target = state.node(node);
    boolean thatLife = NodeStates.incarnation(target).equals(incarnation);
    boolean lost = !NodeStates.isMember(target);
    return wait == 0 || !thatLife || !lost ? Long.MAX_VALUE : since + wait * NANOS_PER_MILLI;
  }

  /** The configured time: 0 for never, negative for what the nodes tell. */
  private static long wanted(Configuration configuration) {
    return ClusterProperties.of(configuration).millis("fencing-watchdog-timeout");
  }

  /** What is told when the time has come. */
  static ClusterMessage.FenceResult result(
      long id,
      ClusterState state,
      String target,
      String incarnation,
      String action,
      String author,
      Moment now) {
    String waited = seconds(waitMillis(state, target));
    String why =
        "its watchdog has run out: the others have gone on without it for %s s".formatted(waited);
    Proof proof = Proof.watchdog(target, author, why, now.wallMillis());
    return new ClusterMessage.FenceResult(
        id,
        target,
        incarnation,
        action,
        author,
        true,
        proof.rung().name(),
        proof.sentence(),
        "",
        now.wallMillis());
  }

  static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f", millis / 1000.0);
  }

  /** For the scheduler, which has to know that nodes can be fenced without a device. */
  static Cib known(Cib cib) {
    boolean any =
        wanted(cib.configuration()) != 0
            && cib.status().nodes().stream().anyMatch(WatchdogProof::isBound);
    return any
        ? cib.withConfiguration(cib.configuration().withProperty("have-watchdog", "true"))
        : cib;
  }

  private static boolean isBound(NodeState node) {
    return NodeStates.bound(node) > 0;
  }
}
