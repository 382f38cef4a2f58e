/** Files a ring needs: its key, the sequence of its last ring, its folder. */
@NullMarked
package org.ringward.ring.store;

import org.jspecify.annotations.NullMarked;
