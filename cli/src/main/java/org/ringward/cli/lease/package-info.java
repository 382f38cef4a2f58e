/** Runs a program as long as a lease is held. */
@NullMarked
package org.ringward.cli.lease;

import org.jspecify.annotations.NullMarked;
