package org.ringward.core.agent;

import org.ringward.core.port.Execution;

/** What an operation of a resource needs next: a program to run, or nothing more. */
public sealed interface Step permits Step.Run, Verdict {

  /**
   * A program to run.
   *
   * @param timeoutMillis for the operation as a whole, counted from its first program
   */
  record Run(Execution execution, long timeoutMillis) implements Step {}
}
