/** The local network with its faults. */
@NullMarked
package org.ringward.sim.medium;

import org.jspecify.annotations.NullMarked;
