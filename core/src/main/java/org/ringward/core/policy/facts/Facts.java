package org.ringward.core.policy.facts;

import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.rule.Rules;

/**
 * Everything that is read before anything is decided.
 *
 * @param rules for whatever depends on time, nodes or operations
 */
public record Facts(Situation situation, Rules rules) {}
