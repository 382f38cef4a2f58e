/** Votequorum: the same votes, options and splits on real corosync nodes and ours, compared. */
@NullMarked
package org.ringward.interop.votes;

import org.jspecify.annotations.NullMarked;
