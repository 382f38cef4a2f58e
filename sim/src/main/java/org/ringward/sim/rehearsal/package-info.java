/** A cluster's own configuration in the simulator, under every single fault. */
@NullMarked
package org.ringward.sim.rehearsal;

import org.jspecify.annotations.NullMarked;
