/** The local networks, what is pinged, and the media of heartbeat regions, with their faults. */
@NullMarked
package org.ringward.sim.medium;

import org.jspecify.annotations.NullMarked;
