/** Quorum devices outside of the cluster: the host they run on, and the connections with it. */
@NullMarked
package org.ringward.sim.device;

import org.jspecify.annotations.NullMarked;
