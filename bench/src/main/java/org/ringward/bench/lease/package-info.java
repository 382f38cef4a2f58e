/** Measures leases. */
@NullMarked
package org.ringward.bench.lease;

import org.jspecify.annotations.NullMarked;
