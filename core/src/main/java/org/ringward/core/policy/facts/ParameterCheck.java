package org.ringward.core.policy.facts;

import java.util.Map;
import java.util.TreeMap;
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
    if (entry.intervalMs() > 0 && operation != null) {
      long timeout =
          Values.milliseconds(
              operations.meta(resource, entry.task(), entry.intervalMs()).get("timeout"),
              DEFAULT_TIMEOUT_MS);
      digested.put("CRM_meta_timeout", Long.toString(timeout));
    }
    return !recorded.equals(OperationDigest.of(digested));
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
}
