package org.ringward.core.policy.model;

import org.jspecify.annotations.Nullable;

/**
 * Part of a score and where it comes from.
 *
 * @param node null for all nodes
 * @param source such as "location loc-1", "stickiness", "colocation c-1 with db"
 */
public record ScoreContribution(@Nullable PolicyNode node, int score, String source) {}
