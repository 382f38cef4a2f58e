/** The ladder: who must be proven gone, by which rung, with what; proofs. */
@NullMarked
package org.ringward.core.fence;

import org.jspecify.annotations.NullMarked;
