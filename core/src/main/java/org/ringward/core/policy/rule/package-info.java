/**
 * Rules and the attribute sets they guard: dates, durations, node attributes, resource and
 * operation types.
 */
@NullMarked
package org.ringward.core.policy.rule;

import org.jspecify.annotations.NullMarked;
