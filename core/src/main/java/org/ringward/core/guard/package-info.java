/** When this node must stop touching anything: its own stall, lost quorum. */
@NullMarked
package org.ringward.core.guard;

import org.jspecify.annotations.NullMarked;
