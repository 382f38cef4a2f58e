package org.ringward.core.agent;

import java.util.Locale;
import org.ringward.core.agent.OperationOutcome.Status;

/**
 * Why a program could not be started decides what the cluster does next: a missing agent rules this
 * node out, a shortage of processes or memory does not. The port gives the system's words only.
 */
final class StartFailure {
  private StartFailure() {}

  static Verdict verdict(String program, String startError) {
    String reason = program + " could not be started: " + startError;
    String words = startError.toLowerCase(Locale.ROOT);
    if (words.contains("permission denied") || words.contains("not executable")) {
      return new Verdict(Status.ERROR, OcfExit.PERMISSION.number(), reason);
    }
    boolean missing = words.contains("no such file") || words.contains("not found");
    return missing
        ? new Verdict(Status.NOT_INSTALLED, OcfExit.INSTALLED.number(), reason)
        : new Verdict(Status.ERROR, OcfExit.GENERIC.number(), reason);
  }
}
