package org.ringward.core.fence;

import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.ringward.core.agent.AgentPrograms.End;
import org.ringward.core.agent.FenceAgent;
import org.ringward.core.port.Execution;
import org.ringward.core.port.ProcessResult;

/**
 * One action of a fence agent: it is looked for in the folders in turn, and tried again while there
 * are retries and time. A timeout is a failure and is not tried again: the time is used up.
 */
final class AgentCall {
  /** A device that is busy with another task is rarely free again at once. */
  private static final long RETRY_PAUSE_NANOS = 500_000_000L;

  /** What follows the end of a run. */
  enum Next {
    AGAIN,
    SUCCEEDED,
    FAILED
  }

  private final FenceDevice device;
  private final int level;
  private final String action;
  private final Map<String, String> options;
  private final long timeoutMillis;
  private final int retries;
  private final IntPredicate good;
  private int directory;
  private int tries;
  private boolean begun;
  private long deadline;
  private long wake;
  private String output = "";
  private int exitCode = -1;

  AgentCall(
      FenceDevice device,
      int level,
      String action,
      Map<String, String> options,
      long timeoutMillis,
      int retries,
      IntPredicate good) {
    this.device = device;
    this.level = level;
    this.action = action;
    this.options = options;
    this.timeoutMillis = timeoutMillis;
    this.retries = retries;
    this.good = good;
  }

  FenceDevice device() {
    return device;
  }

  /** Not before this time; 0 for at once. */
  long wake() {
    return wake;
  }

  void delayUntil(long time) {
    wake = time;
  }

  /** What the agent of a successful call wrote. */
  String output() {
    return output;
  }

  /** Of the last run that ended by itself, -1 for none. */
  int exitCode() {
    return exitCode;
  }

  /** The next run; its time limit is {@link #deadline}. */
  Execution begin(FenceEnvironment environment, long now) {
    if (!begun) {
      begun = true;
      deadline = now + timeoutMillis * 1_000_000;
    }
    tries++;
    return FenceAgent.execution(
        environment.agentDirs().get(directory),
        device.agent(),
        device.actionName(action),
        options,
        environment.searchPath());
  }

  long deadline() {
    return deadline;
  }

  /** A run has ended; tells what follows and adds to the attempts. */
  Next ended(End<?> end, FenceEnvironment environment, long now, List<Attempt> attempts) {
    ProcessResult result = end.result();
    exitCode = -1;
    if (end.timedOut() || result == null) {
      String reason = "no answer within %d ms".formatted(timeoutMillis);
      if (result == null) {
        reason += ", and its processes survived SIGKILL";
      }
      record(attempts, false, -1, reason, end, now);
      return Next.FAILED;
    }
    if (result.startError() != null) {
      return notStarted(result.startError(), environment, end, now, attempts);
    }
    exitCode = result.exitCode();
    boolean succeeded = good.test(exitCode);
    record(attempts, succeeded, result.exitCode(), reason(succeeded, result), end, now);
    if (succeeded) {
      output = FenceAgent.output(device.agent(), action, result.output());
      return Next.SUCCEEDED;
    }
    if (tries > retries || now + RETRY_PAUSE_NANOS >= deadline) {
      return Next.FAILED;
    }
    wake = now + RETRY_PAUSE_NANOS;
    return Next.AGAIN;
  }

  private Next notStarted(
      @Nullable String startError,
      FenceEnvironment environment,
      End<?> end,
      long now,
      List<Attempt> attempts) {
    if (directory + 1 < environment.agentDirs().size()) {
      directory++;
      tries--;
      return Next.AGAIN;
    }
    String reason =
        "%s could not be started from %s: %s"
            .formatted(device.agent(), String.join(" or ", environment.agentDirs()), startError);
    record(attempts, false, -1, reason, end, now);
    return Next.FAILED;
  }

  private static String reason(boolean succeeded, ProcessResult result) {
    if (succeeded) {
      return "done";
    }
    String complaint = FenceAgent.complaint(result.errors());
    String code = "exit code " + result.exitCode();
    return complaint.isEmpty() ? code : code + ": " + complaint;
  }

  private void record(
      List<Attempt> attempts,
      boolean succeeded,
      int exitCode,
      String reason,
      End<?> end,
      long now) {
    long millis = (now - end.startedNanos()) / 1_000_000;
    attempts.add(
        new Attempt(device.id(), level, action, tries, succeeded, exitCode, reason, millis));
  }
}
