/**
 * Programs of this machine that talk to a loop over a Unix socket: who may come in, where, and
 * their frames both ways. What the frames mean is another room's: {@code local} serves a ring, the
 * daemon leases and groups.
 */
@NullMarked
package org.ringward.ring.program;

import org.jspecify.annotations.NullMarked;
