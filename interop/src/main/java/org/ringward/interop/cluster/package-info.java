/** A ring of real and own nodes that a scenario works with. */
@NullMarked
package org.ringward.interop.cluster;

import org.jspecify.annotations.NullMarked;
