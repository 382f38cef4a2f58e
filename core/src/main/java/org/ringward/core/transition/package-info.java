/** Walks a transition graph: what may start now, what timed out, when to give up. */
@NullMarked
package org.ringward.core.transition;

import org.jspecify.annotations.NullMarked;
