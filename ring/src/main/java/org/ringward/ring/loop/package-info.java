/** One thread that turns a machine. */
@NullMarked
package org.ringward.ring.loop;

import org.jspecify.annotations.NullMarked;
