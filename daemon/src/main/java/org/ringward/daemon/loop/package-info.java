/** One thread that turns the node. */
@NullMarked
package org.ringward.daemon.loop;

import org.jspecify.annotations.NullMarked;
