/** The media of heartbeat regions: they move bytes and decide nothing. */
@NullMarked
package org.ringward.daemon.region;

import org.jspecify.annotations.NullMarked;
