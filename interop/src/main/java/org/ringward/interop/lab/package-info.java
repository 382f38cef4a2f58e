/** Machines as network namespaces on a bridge. */
@NullMarked
package org.ringward.interop.lab;

import org.jspecify.annotations.NullMarked;
