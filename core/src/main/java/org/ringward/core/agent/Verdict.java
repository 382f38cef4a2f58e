package org.ringward.core.agent;

import org.ringward.core.agent.OperationOutcome.Status;

/**
 * What a resource class makes of the programs it ran.
 *
 * @param exitCode an OCF exit code
 * @param reason one sentence, may be empty
 */
public record Verdict(Status status, int exitCode, String reason) implements Step {
  static Verdict ok() {
    return new Verdict(Status.DONE, OcfExit.SUCCESS.number(), "");
  }

  static Verdict error(OcfExit exit, String reason) {
    return new Verdict(Status.ERROR, exit.number(), reason);
  }
}
