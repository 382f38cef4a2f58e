/** What goes wrong, drawn from the seed. */
@NullMarked
package org.ringward.sim.faults;

import org.jspecify.annotations.NullMarked;
