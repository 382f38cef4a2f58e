/** Real corosync nodes and Ringward nodes in one ring, and what must hold there. */
@NullMarked
package org.ringward.interop;

import org.jspecify.annotations.NullMarked;
