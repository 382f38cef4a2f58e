/** Datagrams between nodes. */
@NullMarked
package org.ringward.daemon.net;

import org.jspecify.annotations.NullMarked;
