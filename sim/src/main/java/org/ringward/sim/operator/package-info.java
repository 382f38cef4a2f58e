/** People who give orders in the middle of everything. */
@NullMarked
package org.ringward.sim.operator;

import org.jspecify.annotations.NullMarked;
