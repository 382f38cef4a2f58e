/**
 * What was found and decided, for people: the summary text, the simulated transition, the
 * explanation.
 */
@NullMarked
package org.ringward.core.policy.report;

import org.jspecify.annotations.NullMarked;
