package org.ringward.core.quorum;

import org.jspecify.annotations.Nullable;
import org.ringward.core.base.NodeSet;

/** Verdicts in words. */
final class Reasons {
  private Reasons() {}

  static String of(QuorumVerdict verdict, NodeSet nodes, @Nullable ForcedQuorum forced) {
    String here =
        "%d of %d votes are here (nodes %s)"
            .formatted(verdict.votes(), verdict.expected(), nodes.toString());
    if (verdict.deviceVotes() > 0) {
      here += ", %d of them the quorum device's".formatted(verdict.deviceVotes());
    }
    String may = ": this side may " + (verdict.quorate() ? "go on" : "not go on");
    return switch (verdict.rule()) {
      case NO_PROVIDER -> here + ", and nobody counts them as quorum.provider is none" + may;
      case WAITING ->
          here
              + ": this side waits until all "
              + verdict.expected()
              + " were here once, as wait_for_all asks";
      case TWO_NODE -> here + ", one is enough as two_node is set" + may;
      case TIE_BREAKER ->
          here + ", half of them, and the node that breaks ties is among them" + may;
      case DEVICE -> here + ", and the quorum device votes for this side (master_wins)" + may;
      case FORCED ->
          here
              + ", enough since "
              + (forced == null ? "somebody" : forced.author())
              + " forced"
              + " quorum"
              + (forced == null ? "" : " (" + forced.reason() + ")")
              + may;
      case VOTES -> here + ", " + verdict.needed() + " are needed" + may;
    };
  }
}
