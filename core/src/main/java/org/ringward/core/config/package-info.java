/**
 * Every setting of a node: type, default, unit, range, one sentence, and the relations between
 * settings.
 */
@NullMarked
package org.ringward.core.config;

import org.jspecify.annotations.NullMarked;
