/** Serves programs of this machine that share resources with others (docs/leases.md). */
@NullMarked
package org.ringward.daemon.lease;

import org.jspecify.annotations.NullMarked;
