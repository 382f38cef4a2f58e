package org.ringward.core.control;

import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Booleans;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.Durations;

/** The cluster properties that the control layer itself obeys. */
final class ControlSettings {
  /** Pacemaker's option, with a default for people who do not want to wait 20 s. */
  private static final String STARTUP_WAIT = "dc-deadtime";

  private static final long STARTUP_WAIT_MILLIS = 5_000;

  private static final String FENCES_UNSEEN = "startup-fencing";

  private ControlSettings() {}

  /** How long a new cluster waits for nodes that were never seen before it fences them. */
  static long startupWaitMillis(Configuration configuration) {
    @Nullable String value = configuration.property(STARTUP_WAIT);
    return value == null ? STARTUP_WAIT_MILLIS : Durations.millis(value, STARTUP_WAIT_MILLIS);
  }

  /** Whether a node that was never seen may run something. */
  static boolean fencesUnseen(Configuration configuration) {
    return Booleans.isTrue(configuration.property(FENCES_UNSEEN), true);
  }
}
