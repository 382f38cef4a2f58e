/** Whole clusters of the production classes in one thread on virtual time. */
@NullMarked
package org.ringward.sim;

import org.jspecify.annotations.NullMarked;
