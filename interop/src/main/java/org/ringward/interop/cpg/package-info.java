/** Corosync's closed process groups through its library libcpg. */
@NullMarked
package org.ringward.interop.cpg;

import org.jspecify.annotations.NullMarked;
