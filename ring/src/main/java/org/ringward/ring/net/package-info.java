/** Datagrams between nodes. */
@NullMarked
package org.ringward.ring.net;

import org.jspecify.annotations.NullMarked;
