/** The last chapters: what has to be done, in which order, and the graph of it. */
@NullMarked
package org.ringward.core.policy.actions;

import org.jspecify.annotations.NullMarked;
