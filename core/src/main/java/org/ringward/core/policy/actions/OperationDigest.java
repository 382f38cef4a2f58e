package org.ringward.core.policy.actions;

import java.util.Map;
import java.util.TreeMap;
import org.ringward.core.policy.model.HistoryEntry;
import org.ringward.core.policy.model.PrimitiveResource;

/**
 * The fingerprint by which changed parameters are found: MD5 of a space, the element {@code
 * <parameters a="x" b="y"/>} with its attributes sorted by name, and a newline. A recurring
 * operation's timeout is one of them, as CRM_meta_timeout in milliseconds.
 */
final class OperationDigest {
  private static final String NO_PARAMETERS = "f2317cad3d54cec5d7d7aa7d0bf35cf8";

  private OperationDigest() {}

  /** Whether an entry was run with other parameters than it would be now. */
  static boolean differs(
      Operations operations,
      PrimitiveResource resource,
      Map<String, String> parameters,
      HistoryEntry entry) {
    String recorded = entry.attributes().get("op-digest");
    if (recorded == null
        || recorded.equals(
            of(operations, resource, parameters, entry.task(), entry.intervalMs()))) {
      return false;
    }
    String secret = entry.attributes().get("op-secure-params");
    String secure = entry.attributes().get("op-secure-digest");
    if (secret == null || secure == null || !masked(parameters, secret)) {
      return true;
    }
    // Secrets were blotted out before the cib was saved: only the rest can be compared.
    Map<String, String> open = new TreeMap<>(parameters);
    for (String name : secret.trim().split(" +", -1)) {
      open.remove(name);
    }
    if (resource.isFencingDevice()) {
      // These speak to the fencer, not to the agent.
      open.keySet().removeIf(name -> name.startsWith("pcmk_"));
    }
    return !secure.equals(of(open));
  }

  private static boolean masked(Map<String, String> parameters, String names) {
    for (String name : names.trim().split(" +", -1)) {
      String value = parameters.get(name);
      if (value != null && !value.isEmpty() && value.chars().allMatch(c -> c == '*')) {
        return true;
      }
    }
    return false;
  }

  static String of(
      Operations operations,
      PrimitiveResource resource,
      Map<String, String> parameters,
      String task,
      long intervalMs) {
    OperationSettings settings = operations.configured(resource, task, intervalMs);
    if (settings == null
        || !settings.enabled()
        || (intervalMs == 0 && settings.parameters().isEmpty())) {
      return of(parameters);
    }
    Map<String, String> all = new TreeMap<>(parameters);
    all.putAll(settings.parameters());
    if (intervalMs > 0) {
      all.put("CRM_meta_timeout", Long.toString(settings.timeoutMs()));
    }
    return of(all);
  }

  static String of(Map<String, String> parameters) {
    return parameters.isEmpty()
        ? NO_PARAMETERS
        : org.ringward.core.cib.OperationDigest.of(parameters);
  }
}
