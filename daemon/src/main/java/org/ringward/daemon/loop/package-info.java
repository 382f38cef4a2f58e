/** The node as what the loop turns. */
@NullMarked
package org.ringward.daemon.loop;

import org.jspecify.annotations.NullMarked;
