package org.ringward.core.control;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.Decision;

/**
 * Tells the end of an operation for the timeline; what went as expected without effect is not told.
 */
final class ResultStory {
  private ResultStory() {}

  static @Nullable Decision of(ClusterMessage.OperationResult result, String author, Moment now) {
    String resource = result.action().primitive() == null ? "" : result.action().primitive().id();
    boolean failed = StateMachine.isFailure(result);
    String operation = result.action().operation();
    boolean once = result.action().number("interval") == 0;
    if (failed) {
      return new Decision(
              now.wallMillis(),
              author,
              Decision.Kind.FAILURE,
              resource,
              operation + " of " + resource + " failed on " + result.node(),
              List.of(reason(result)),
              List.of())
          .withFacts(facts(result, "failed"));
    }
    if (!once || operation.equals("monitor")) {
      return null;
    }
    return new Decision(
            now.wallMillis(),
            author,
            Decision.Kind.ACTION,
            resource,
            operation
                + " of "
                + resource
                + " on "
                + result.node()
                + " done in "
                + result.tookMillis()
                + " ms",
            List.of(),
            List.of())
        .withFacts(facts(result, "done"));
  }

  /** Its times are lengths: the clock of the node that did it does not matter. */
  private static Map<String, String> facts(ClusterMessage.OperationResult result, String event) {
    return Decision.facts(
        "event",
        event,
        "operation",
        result.action().operation(),
        "node",
        result.node(),
        "took",
        Long.toString(result.tookMillis()),
        "queued",
        Long.toString(result.queueMillis()),
        "interval",
        Long.toString(result.action().number("interval")),
        "rc",
        Integer.toString(result.exitCode()),
        "target",
        target(result),
        "status",
        Integer.toString(result.status()));
  }

  private static String target(ClusterMessage.OperationResult result) {
    TransitionKey key = TransitionKey.parse(result.transitionKey());
    return key == null ? "0" : Integer.toString(key.targetExitCode());
  }

  private static String reason(ClusterMessage.OperationResult result) {
    String code = "exit code " + result.exitCode();
    String how = result.status() == 2 ? "timed out" : code;
    return result.exitReason().isEmpty() ? how : result.exitReason() + " (" + how + ")";
  }
}
