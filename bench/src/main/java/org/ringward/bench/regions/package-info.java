/** Measures what heartbeat regions cost, in network namespaces. */
@NullMarked
package org.ringward.bench.regions;

import org.jspecify.annotations.NullMarked;
