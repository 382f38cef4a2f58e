package org.ringward.daemon;

import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.QuorumSettings;

/**
 * Options of votequorum that a cluster cannot rely on yet: after several splits in a row two sides
 * can be quorate (docs/quorum.md). A ring without a cluster above it has them, as Corosync does.
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
    refuse(quorum.autoTieBreaker(), "auto_tie_breaker");
    refuse(quorum.lastManStanding(), "last_man_standing");
  }

  private static void refuse(boolean given, String option) {
    if (given) {
      throw new OperatorException(
          ExitCode.CONFIGURATION,
          "quorum."
              + option
              + " is not built for a cluster yet, only for a ring alone (ringward ring run): after"
              + " several splits two sides could go on; leave it out");
    }
  }
}
