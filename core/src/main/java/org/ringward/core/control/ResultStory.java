package org.ringward.core.control;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.Decision;

/**
 * Tells the end of an operation for the timeline; what went as expected without effect is not told.
 */
final class ResultStory {
  private ResultStory() {}

  static @Nullable Decision of(ClusterMessage.OperationResult result, String author) {
    String resource = result.action().primitive() == null ? "" : result.action().primitive().id();
    boolean failed = StateMachine.isFailure(result);
    String operation = result.action().operation();
    boolean once = result.action().number("interval") == 0;
    if (failed) {
      return new Decision(
          result.wallMillis(),
          author,
          Decision.Kind.FAILURE,
          resource,
          operation + " of " + resource + " failed on " + result.node(),
          List.of(reason(result)),
          List.of());
    }
    if (!once || operation.equals("monitor")) {
      return null;
    }
    return new Decision(
        result.wallMillis(),
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
        List.of());
  }

  private static String reason(ClusterMessage.OperationResult result) {
    String code = "exit code " + result.exitCode();
    String how = result.status() == 2 ? "timed out" : code;
    return result.exitReason().isEmpty() ? how : result.exitReason() + " (" + how + ")";
  }
}
