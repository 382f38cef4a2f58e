package org.ringward.core.policy.rule;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.Role;

/**
 * What a rule may ask about.
 *
 * @param node null where no node is meant: then node attribute expressions do not hold
 * @param agentClass of the resource, null where none is meant
 * @param operation null where no operation is meant
 * @param parameters of the resource, for value-source=param
 * @param meta of the resource, for value-source=meta
 * @param groups what rsc-pattern matched, the whole first, for %0 to %9 in attribute names
 */
public record RuleInput(
    @Nullable PolicyNode node,
    Role role,
    @Nullable String agentClass,
    @Nullable String provider,
    @Nullable String type,
    @Nullable String operation,
    long intervalMs,
    Map<String, String> parameters,
    Map<String, String> meta,
    List<String> groups) {

  /** Nothing but the time. */
  public static final RuleInput NONE =
      new RuleInput(null, Role.UNKNOWN, null, null, null, null, 0, Map.of(), Map.of(), List.of());

  public RuleInput withNode(@Nullable PolicyNode other) {
    return new RuleInput(
        other, role, agentClass, provider, type, operation, intervalMs, parameters, meta, groups);
  }

  public RuleInput withRole(Role other) {
    return new RuleInput(
        node, other, agentClass, provider, type, operation, intervalMs, parameters, meta, groups);
  }

  public RuleInput withAgent(String otherClass, @Nullable String otherProvider, String otherType) {
    return new RuleInput(
        node,
        role,
        otherClass,
        otherProvider,
        otherType,
        operation,
        intervalMs,
        parameters,
        meta,
        groups);
  }

  public RuleInput withOperation(String name, long interval) {
    return new RuleInput(
        node, role, agentClass, provider, type, name, interval, parameters, meta, groups);
  }

  public RuleInput withValues(Map<String, String> otherParameters, Map<String, String> otherMeta) {
    return new RuleInput(
        node,
        role,
        agentClass,
        provider,
        type,
        operation,
        intervalMs,
        otherParameters,
        otherMeta,
        groups);
  }

  public RuleInput withGroups(List<String> other) {
    return new RuleInput(
        node, role, agentClass, provider, type, operation, intervalMs, parameters, meta, other);
  }
}
