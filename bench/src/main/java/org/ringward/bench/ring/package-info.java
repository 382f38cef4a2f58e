/** Measures the ring side by side with corosync, in network namespaces. */
@NullMarked
package org.ringward.bench.ring;

import org.jspecify.annotations.NullMarked;
