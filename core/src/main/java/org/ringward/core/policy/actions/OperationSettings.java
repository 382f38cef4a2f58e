package org.ringward.core.policy.actions;

import java.util.Map;
import org.ringward.core.policy.model.Role;

/**
 * One operation of a resource with everything that holds for it.
 *
 * @param configured false when only defaults speak of it
 * @param role the role it is for, UNKNOWN when none is named
 * @param meta attributes for the graph without interval and name: timeout and start-delay in
 *     milliseconds, on-fail and the rest as they are written
 * @param parameters what the agent is given on top of the parameters of the resource
 */
record OperationSettings(
    String name,
    long intervalMs,
    boolean configured,
    boolean enabled,
    Role role,
    Map<String, String> meta,
    Map<String, String> parameters) {

  /** What Pacemaker waits for an operation that says nothing: 20 seconds. */
  static final long DEFAULT_TIMEOUT_MS = 20_000;

  long timeoutMs() {
    String timeout = meta.get("timeout");
    return timeout == null ? DEFAULT_TIMEOUT_MS : Long.parseLong(timeout);
  }
}
