/** Bytes that wait: for another thread, or for a socket. */
@NullMarked
package org.ringward.ring.queue;

import org.jspecify.annotations.NullMarked;
