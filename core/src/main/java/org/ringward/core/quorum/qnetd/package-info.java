/** Corosync's corosync-qnetd as quorum device: its messages, and a node's end of the talk. */
@NullMarked
package org.ringward.core.quorum.qnetd;

import org.jspecify.annotations.NullMarked;
