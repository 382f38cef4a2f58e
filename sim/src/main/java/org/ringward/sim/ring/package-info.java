/** Clusters that are a ring and nothing else: order and virtual synchrony under faults. */
@NullMarked
package org.ringward.sim.ring;

import org.jspecify.annotations.NullMarked;
