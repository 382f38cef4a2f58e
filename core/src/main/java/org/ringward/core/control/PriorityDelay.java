package org.ringward.core.control;

import java.util.List;
import org.ringward.core.cib.ClusterProperties;
import org.ringward.core.cib.NodeEntry;
import org.ringward.core.cib.NodeState;

/**
 * priority-fencing-delay, as Pacemaker documents it: where the members are no majority of the nodes
 * (each half of two, above all, shoots at the other), the shot at a lost node that runs what weighs
 * more is put off, so that the side with the more important resources shoots first and survives.
 * What devices wait by pcmk_delay_base and pcmk_delay_max comes on top of it.
 */
final class PriorityDelay {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Nothing is put off. */
  static final PriorityDelay NONE = new PriorityDelay(0, 0, 0);

  private final long nanos;
  private final int theirs;
  private final int ours;

  private PriorityDelay(long nanos, int theirs, int ours) {
    this.nanos = nanos;
    this.theirs = theirs;
    this.ours = ours;
  }

  /**
   * For one target; both sides of a split compute with what they agreed on before it.
   *
   * @param members names of those that are here
   */
  static PriorityDelay of(ClusterState state, List<String> members, String target) {
    long millis =
        ClusterProperties.of(state.cib().configuration()).millis("priority-fencing-delay");
    List<String> nodes =
        state.cib().configuration().nodes().stream().map(NodeEntry::uname).toList();
    boolean majority = 2 * members.size() > nodes.size();
    NodeState node = state.node(target);
    if (millis <= 0 || majority || NodeStates.isMember(node)) {
      return NONE;
    }
    int theirs = NodePriority.of(state.cib(), target);
    int ours = greatest(state, members);
    List<String> lost = nodes.stream().filter(each -> !members.contains(each)).toList();
    boolean weighsMore = theirs > ours && theirs >= greatest(state, lost);
    return weighsMore ? new PriorityDelay(millis * NANOS_PER_MILLI, theirs, ours) : NONE;
  }

  private static int greatest(ClusterState state, List<String> nodes) {
    return nodes.stream()
        .mapToInt(each -> NodePriority.of(state.cib(), each))
        .max()
        .orElse(Integer.MIN_VALUE);
  }

  /** How long the shot is put off, nanoseconds; 0 for not at all. */
  long nanos() {
    return nanos;
  }

  /** Why, in one sentence. */
  String sentence(String target) {
    return "fencing of %s is put off by %s s: its resources have priority %d, those of any node here at most %d"
        .formatted(target, WatchdogProof.seconds(nanos / NANOS_PER_MILLI), theirs, ours);
  }
}
