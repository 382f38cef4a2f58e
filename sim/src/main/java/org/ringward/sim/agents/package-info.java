/** Resource agents and fence agents as small models, with the ground truth of what really runs. */
@NullMarked
package org.ringward.sim.agents;

import org.jspecify.annotations.NullMarked;
