/** Clusters of daemons with a witness at a third place, cut and killed. */
@NullMarked
package org.ringward.interop.witness;

import org.jspecify.annotations.NullMarked;
