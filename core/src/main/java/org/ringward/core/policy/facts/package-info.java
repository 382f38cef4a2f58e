/**
 * The first chapters: nodes, resources, history and constraints, read from the configuration and
 * the status.
 */
@NullMarked
package org.ringward.core.policy.facts;

import org.jspecify.annotations.NullMarked;
