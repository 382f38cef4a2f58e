/** Talks to the daemon on this machine over its control socket. */
@NullMarked
package org.ringward.cli.client;

import org.jspecify.annotations.NullMarked;
