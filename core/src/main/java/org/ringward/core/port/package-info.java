/** What the outside must offer to a node; real in daemon, simulated in sim. */
@NullMarked
package org.ringward.core.port;

import org.jspecify.annotations.NullMarked;
