/** A machine: its clock, its power, and the daemon that lives on it. */
@NullMarked
package org.ringward.sim.machine;

import org.jspecify.annotations.NullMarked;
