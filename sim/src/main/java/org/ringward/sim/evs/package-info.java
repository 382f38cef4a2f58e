/**
 * Extended virtual synchrony, checked on what was recorded: it knows processes, configurations and
 * messages, and nothing of the protocol.
 */
@NullMarked
package org.ringward.sim.evs;

import org.jspecify.annotations.NullMarked;
