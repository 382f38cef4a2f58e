/** Worlds of rings alone: real nodes of the ring, a load of messages, faults, and the checks. */
@NullMarked
package org.ringward.sim.ring;

import org.jspecify.annotations.NullMarked;
