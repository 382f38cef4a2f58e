/** The fencing device that switches machines off and on. */
@NullMarked
package org.ringward.sim.power;

import org.jspecify.annotations.NullMarked;
