package org.ringward.core.policy;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What follows from a failed operation (on-fail), the mildest first. */
enum FailureResponse {
  IGNORE,
  /** Stop the resource and start it, here or elsewhere. */
  RESTART,
  /** Keep away from the node. */
  BAN,
  /** Leave the resource alone until a human cleans up. */
  BLOCK,
  /** Stop the resource and leave it stopped. */
  STOP,
  /** Move everything away from the node. */
  STANDBY,
  FENCE;

  /** The response to a failure of that operation, with its default. */
  static FailureResponse of(@Nullable String onFail, String task, boolean fencingEnabled) {
    boolean stop = task.equals(PlannedAction.STOP);
    FailureResponse otherwise = stop ? (fencingEnabled ? FENCE : BLOCK) : RESTART;
    if (onFail == null) {
      return otherwise;
    }
    return switch (onFail.toLowerCase(Locale.ROOT)) {
      case "ignore", "nothing" -> IGNORE;
      case "block" -> BLOCK;
      case "stop" -> stop ? otherwise : STOP;
      case "restart" -> stop ? otherwise : RESTART;
      case "standby" -> stop ? otherwise : STANDBY;
      case "fence" -> fencingEnabled ? FENCE : stop ? BLOCK : RESTART;
      default -> otherwise;
    };
  }
}
