/** Durable files of this node. */
@NullMarked
package org.ringward.daemon.store;

import org.jspecify.annotations.NullMarked;
