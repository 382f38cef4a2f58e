package org.ringward.core.history;

import org.ringward.core.cib.OperationRecord;

/**
 * How one execution of an action ended.
 *
 * @param exitCode what the agent gave, in OCF's numbers
 * @param status execution state as in op-status: -1 pending, 0 done, 1 cancelled, 2 timed out, 3
 *     not supported, 4 error, 5 hard error, 6 fatal error, 7 not installed
 * @param exitReason what the agent said, empty for nothing
 * @param callId grows with each execution on a node; -1 while pending
 * @param atSeconds when the result came, seconds since 1970
 * @param executionMs how long it took
 * @param transitionId number of the transition that asked for it
 * @param transitionUuid who made that transition
 */
public record OperationResult(
    int exitCode,
    int status,
    String exitReason,
    long callId,
    long atSeconds,
    long executionMs,
    long transitionId,
    String transitionUuid) {
  static final int DONE = 0;
  static final int CANCELLED = 1;

  boolean isPending() {
    return status == OperationRecord.STATUS_PENDING;
  }
}
