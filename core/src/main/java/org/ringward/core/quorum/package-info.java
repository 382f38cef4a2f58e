/** Votes: may this side go on, and why. */
@NullMarked
package org.ringward.core.quorum;

import org.jspecify.annotations.NullMarked;
