/** Who uses a mount, an address or a port of this machine, read from /proc. */
@NullMarked
package org.ringward.cli.holders;

import org.jspecify.annotations.NullMarked;
