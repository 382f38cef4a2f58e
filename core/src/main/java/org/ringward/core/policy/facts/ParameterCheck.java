package org.ringward.core.policy.facts;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Element;
import org.ringward.core.cib.OperationDigest;
import org.ringward.core.policy.model.HistoryEntry;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Tasks;
import org.ringward.core.policy.model.Values;
import org.ringward.core.policy.rule.RuleInput;
import org.ringward.core.policy.rule.Rules;

/** Whether what failed was run with other parameters than it would be now. */
final class ParameterCheck {
  private static final long DEFAULT_TIMEOUT_MS = 20_000;

  private final Rules rules;
  private final OperationFacts operations;

  ParameterCheck(Facts facts) {
    this.rules = facts.rules();
    this.operations = facts.operations();
  }

  boolean changed(PrimitiveResource resource, PolicyNode node, HistoryEntry entry) {
    String recorded = entry.attributes().get("op-digest");
    boolean relevant = entry.task().equals(Tasks.START) || entry.task().equals(Tasks.MONITOR);
    if (recorded == null || !relevant || resource.removed) {
      return false;
    }
    Map<String, String> parameters = parameters(resource, node);
    if (parameters.containsValue("#uname")) {
      // It is not known yet where it will run.
      return false;
    }
    Map<String, String> digested = new TreeMap<>(parameters);
    Element operation = OperationFacts.find(resource, entry.task(), entry.intervalMs());
    if (operation != null) {
      digested.putAll(rules.values(operation, "instance_attributes", input(resource, node)));
    }
    if (entry.intervalMs() > 0) {
      long timeout =
          Values.milliseconds(
              operations.meta(resource, entry.task(), entry.intervalMs()).get("timeout"),
              DEFAULT_TIMEOUT_MS);
      digested.put("CRM_meta_timeout", Long.toString(timeout));
    }
    if (recorded.equals(OperationDigest.of(digested))) {
      return false;
    }
    return !sameButForSecrets(resource, parameters, entry);
  }

  private static RuleInput input(PrimitiveResource resource, PolicyNode node) {
    return RuleInput.NONE
        .withNode(node)
        .withAgent(resource.agentClass, resource.provider, resource.type);
  }

  private Map<String, String> parameters(PrimitiveResource resource, PolicyNode node) {
    RuleInput input = input(resource, node);
    Map<String, String> parameters =
        new TreeMap<>(rules.values(resource.element, "instance_attributes", input));
    for (var outer = resource.parent; outer != null; outer = outer.parent) {
      rules.values(outer.element, "instance_attributes", input).forEach(parameters::putIfAbsent);
    }
    return parameters;
  }

  /** Secrets may have been blotted out before the cib was saved: then the rest is compared. */
  private static boolean sameButForSecrets(
      PrimitiveResource resource, Map<String, String> parameters, HistoryEntry entry) {
    String secret = entry.attributes().get("op-secure-params");
    String secure = entry.attributes().get("op-secure-digest");
    if (secret == null || secure == null || !masked(parameters, secret)) {
      return false;
    }
    Map<String, String> open = new TreeMap<>(parameters);
    for (String name : secret.trim().split(" +", -1)) {
      open.remove(name);
    }
    if (resource.isFencingDevice()) {
      // These speak to the fencer, not to the agent.
      open.keySet().removeIf(name -> name.startsWith("pcmk_"));
    }
    return secure.equals(OperationDigest.of(open));
  }

  private static boolean masked(Map<String, String> parameters, String names) {
    for (String name : names.trim().split(" +", -1)) {
      @Nullable String value = parameters.get(name);
      if (value != null && !value.isEmpty() && value.chars().allMatch(c -> c == '*')) {
        return true;
      }
    }
    return false;
  }
}
