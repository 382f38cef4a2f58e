/** What must always hold: one file per invariant. */
@NullMarked
package org.ringward.sim.check;

import org.jspecify.annotations.NullMarked;
