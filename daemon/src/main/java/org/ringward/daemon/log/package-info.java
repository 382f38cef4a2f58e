/** Log lines and the durable story of decisions. */
@NullMarked
package org.ringward.daemon.log;

import org.jspecify.annotations.NullMarked;
