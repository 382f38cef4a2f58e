package org.ringward.core.port;

import org.ringward.core.base.Decision;
import org.ringward.core.base.SavedConfiguration;

/** Where a node tells what it decided and observed; never blocks. */
public interface Journal {
  /** A decision of the cluster as this node learned it, for the log and the durable timeline. */
  void decision(Decision decision);

  /** A configuration that is in force now, to be kept over restarts with the latest before it. */
  default void configuration(SavedConfiguration saved) {
    // Whoever keeps nothing needs no history.
  }

  /** A line for the log only. */
  void log(Level level, String text);

  /** Severity, as syslog's. */
  enum Level {
    ERROR,
    WARNING,
    NOTICE,
    INFO,
    DEBUG
  }
}
