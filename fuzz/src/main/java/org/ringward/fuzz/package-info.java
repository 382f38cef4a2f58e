/** Throws hostile frames at the parsers and the whole ring, guided by the branches they take. */
@NullMarked
package org.ringward.fuzz;

import org.jspecify.annotations.NullMarked;
