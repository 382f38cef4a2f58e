package org.ringward.core.control;

import org.ringward.core.cib.ClusterProperties;
import org.ringward.core.fence.Proof;

/**
 * The second rung of the ladder, as seen from the side that goes on: a lost node that heartbeats
 * still show is asked to let go of everything before it is fenced.
 */
final class SurrenderRung {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private SurrenderRung() {}

  /** How long a lost node may take; 0 when it is not to be asked. */
  static long patienceNanos(ClusterState state, String target) {
    boolean lost = !NodeStates.isMember(state.node(target));
    return lost ? patience(state) : 0;
  }

  /** How long any lost node may take, nanoseconds; 0 when none is to be asked. */
  static long patience(ClusterState state) {
    long millis =
        ClusterProperties.of(state.cib().configuration()).millis("fencing-surrender-timeout");
    return Math.max(0, millis) * NANOS_PER_MILLI;
  }

  /** Whether a decision's sentence is about letting go; they are all in {@link FenceDesk}. */
  static boolean tells(String what) {
    return what.contains(" let go") || what.endsWith(FenceDesk.NOT_SEEN);
  }

  /** What is told when the target has let go. */
  static ClusterMessage.FenceResult result(
      long id, String target, String life, String action, String author, Moment now) {
    Proof proof = Proof.surrender(target, author, now.wallMillis());
    return new ClusterMessage.FenceResult(
        id,
        target,
        life,
        action,
        author,
        true,
        proof.rung().name(),
        proof.sentence(),
        "",
        now.wallMillis());
  }
}
