/** A place in a closed process group, for programs that embed the ring and for clients alike. */
@NullMarked
package org.ringward.ring.seat;

import org.jspecify.annotations.NullMarked;
