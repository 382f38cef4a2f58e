package org.ringward.daemon;

import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.QuorumSettings;

/**
 * Options of votequorum that a cluster cannot rely on: two sides could be quorate (docs/quorum.md).
 * A corosync.conf may have them, and a ring without a cluster above it runs with them, as Corosync
 * does.
 */
final class ClusterQuorum {
  private ClusterQuorum() {}

  /**
   * Lets through what is safe.
   *
   * @throws OperatorException with the option that is not
   */
  static void check(NodeSettings settings) {
    QuorumSettings quorum = settings.quorum();
    int votes =
        quorum.expectedVotes() > 0
            ? quorum.expectedVotes()
            : settings.members().stream().mapToInt(NodeSettings.Member::votes).sum();
    if (quorum.autoTieBreaker() && !quorum.lastManStanding() && votes % 2 == 1) {
      throw new OperatorException(
          ExitCode.CONFIGURATION,
          "quorum.auto_tie_breaker is on with %d votes, which have no equal halves; the smaller one"
                  .formatted(votes)
              + " could go on beside the larger: leave it out");
    }
  }
}
