package org.ringward.core.policy;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A configured operation of a resource with everything that holds for it: its own attributes, its
 * meta attributes, the defaults of operations.
 *
 * @param role the role it is for, null for the started one
 * @param meta all attributes but id, name and interval
 * @param parameters what the agent is given on top of the parameters of the resource
 */
record OperationSettings(
    String name,
    long intervalMs,
    boolean enabled,
    @Nullable String role,
    long timeoutMs,
    Map<String, String> meta,
    Map<String, String> parameters) {

  /** What Pacemaker waits for an operation that says nothing: 20 seconds. */
  static final long DEFAULT_TIMEOUT_MS = 20_000;

  @Nullable String onFail() {
    return meta.get("on-fail");
  }

  boolean forStoppedRole() {
    return "Stopped".equalsIgnoreCase(role);
  }
}
