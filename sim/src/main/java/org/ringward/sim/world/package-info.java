/** Virtual time, chance and the record of what happened. */
@NullMarked
package org.ringward.sim.world;

import org.jspecify.annotations.NullMarked;
