/** The whole node as one sans-I/O machine. */
@NullMarked
package org.ringward.core.node;

import org.jspecify.annotations.NullMarked;
