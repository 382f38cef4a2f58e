package org.ringward.core.policy.model;

import java.util.Map;

/**
 * One location constraint, or one rule of it, for one resource.
 *
 * @param role UNKNOWN for every role; PROMOTED and UNPROMOTED count only for promotion
 * @param scores of the nodes it speaks of
 * @param source for explanations and messages: the id of the constraint
 */
public record LocationPreference(
    String id, Role role, Map<PolicyNode, Integer> scores, String source) {}
