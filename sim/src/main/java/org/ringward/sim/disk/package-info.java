/** The durable files of a machine with their faults. */
@NullMarked
package org.ringward.sim.disk;

import org.jspecify.annotations.NullMarked;
