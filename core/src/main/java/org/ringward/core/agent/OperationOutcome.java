package org.ringward.core.agent;

/**
 * How an operation ended.
 *
 * @param exitCode the OCF exit code (reference/ecosystem.md, A3)
 * @param exitReason what the agent or we say about it, a sentence or empty
 * @param startedAfterMillis how long it waited for its turn
 * @param tookMillis how long the agent ran
 */
public record OperationOutcome(
    ResourceOperation operation,
    Status status,
    int exitCode,
    String exitReason,
    long startedAfterMillis,
    long tookMillis) {

  /** The ways an operation ends, with Pacemaker's op-status numbers. */
  public enum Status {
    /** The agent ended by itself; its exit code tells the rest. */
    DONE(0),
    /** It was taken back before it gave a first result. */
    CANCELLED(1),
    /** The agent did not end in time and was killed. */
    TIMEOUT(2),
    /** The agent could not be run properly or was ended by a signal. */
    ERROR(4),
    /** There is no such agent on this node. */
    NOT_INSTALLED(7);

    /** The op-status of an operation that was sent out and has not ended. */
    public static final int PENDING_NUMBER = -1;

    private final int number;

    Status(int number) {
      this.number = number;
    }

    /** Pacemaker's op-status. */
    public int number() {
      return number;
    }
  }

  /** Whether it did not end as the cluster expected. */
  public boolean failed() {
    return status != Status.CANCELLED
        && (status != Status.DONE || exitCode != operation.targetExitCode());
  }
}
