/** Simulated programs that share resources over the machines' daemons. */
@NullMarked
package org.ringward.sim.lease;

import org.jspecify.annotations.NullMarked;
