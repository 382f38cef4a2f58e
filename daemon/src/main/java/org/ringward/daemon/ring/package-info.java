/** The program that turns a ring for other programs, without a cluster above it. */
@NullMarked
package org.ringward.daemon.ring;

import org.jspecify.annotations.NullMarked;
