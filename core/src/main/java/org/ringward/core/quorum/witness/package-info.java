/** The network witness: what nodes and the witness say to each other, and who gets its vote. */
@NullMarked
package org.ringward.core.quorum.witness;

import org.jspecify.annotations.NullMarked;
