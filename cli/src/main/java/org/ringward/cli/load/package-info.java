/** Sends in a running ring and measures what comes back. */
@NullMarked
package org.ringward.cli.load;

import org.jspecify.annotations.NullMarked;
