/** Heartbeat regions: is each node alive, and seen from where. */
@NullMarked
package org.ringward.core.region;

import org.jspecify.annotations.NullMarked;
