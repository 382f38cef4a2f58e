package org.ringward.core.agent;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.ringward.core.agent.OperationOutcome.Status;
import org.ringward.core.cib.Durations;
import org.ringward.core.port.ProcessResult;

/**
 * Fencing devices as resources. Starting one means: this node watches over it, and its agent's
 * monitor answers. Stopping one runs nothing. A probe asks only whether it was started here.
 */
final class FencingDeviceClass implements ResourceClass {
  private static final int DEFAULT_RETRIES = 2;

  private final AgentEnvironment environment;
  private final SortedSet<String> started = new TreeSet<>();

  FencingDeviceClass(AgentEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public String name() {
    return "stonith";
  }

  @Override
  public Step next(ResourceOperation operation, List<ProcessResult> ended) {
    return switch (operation.operation()) {
      case "start" -> start(operation, ended);
      case "stop" -> {
        started.remove(operation.resource());
        yield Verdict.ok();
      }
      case "monitor" -> monitor(operation, ended);
      default ->
          Verdict.error(
              OcfExit.UNIMPLEMENTED,
              "%s: a fencing device has no operation \"%s\"; it has start, stop and monitor"
                  .formatted(operation.resource(), operation.operation()));
    };
  }

  private Step start(ResourceOperation operation, List<ProcessResult> ended) {
    Step step = ask(operation, ended);
    if (step instanceof Verdict verdict
        && verdict.status() == Status.DONE
        && verdict.exitCode() == 0) {
      started.add(operation.resource());
    }
    return step;
  }

  private Step monitor(ResourceOperation operation, List<ProcessResult> ended) {
    if (!started.contains(operation.resource())) {
      return new Verdict(Status.DONE, OcfExit.NOT_RUNNING.number(), "");
    }
    return operation.probe() ? Verdict.ok() : ask(operation, ended);
  }

  /** Runs the agent's monitor, in the first folder that has it, again when it failed. */
  private Step ask(ResourceOperation operation, List<ProcessResult> ended) {
    String problem = problem(operation);
    if (problem != null) {
      return Verdict.error(OcfExit.CONFIGURED, operation.resource() + ": " + problem);
    }
    long notStarted = ended.stream().filter(result -> result.startError() != null).count();
    if (!ended.isEmpty() && ended.getLast().startError() == null) {
      ProcessResult last = ended.getLast();
      if (last.exitCode() == 0) {
        return Verdict.ok();
      }
      if (ended.size() - notStarted > retries(operation)) {
        String complaint = FenceAgent.complaint(last.errors());
        String reason = "%s could not reach its device".formatted(operation.type());
        return new Verdict(
            Status.DONE,
            OcfExit.GENERIC.number(),
            complaint.isEmpty() ? reason : reason + ": " + complaint);
      }
    }
    List<String> directories = environment.fenceAgentDirs();
    if (notStarted >= directories.size()) {
      String error = ended.isEmpty() ? "no folder" : String.valueOf(ended.getLast().startError());
      return StartFailure.verdict(operation.type(), error);
    }
    return new Step.Run(
        FenceAgent.execution(
            directories.get((int) notStarted),
            operation.type(),
            operation.parameters().getOrDefault("pcmk_monitor_action", "monitor"),
            FenceAgent.deviceOptions(operation.parameters()),
            environment.searchPath()),
        timeoutMillis(operation));
  }

  private static @Nullable String problem(ResourceOperation operation) {
    return FenceAgent.problem(operation.type(), FenceAgent.deviceOptions(operation.parameters()));
  }

  private static long timeoutMillis(ResourceOperation operation) {
    return Durations.millis(
        operation.parameters().get("pcmk_monitor_timeout"), operation.timeoutMillis());
  }

  private static int retries(ResourceOperation operation) {
    String retries = operation.parameters().get("pcmk_monitor_retries");
    return retries != null && retries.matches("[0-9]{1,3}")
        ? Integer.parseInt(retries)
        : DEFAULT_RETRIES;
  }
}
