/** The control socket of the commands; docs/admin-protocol.md. */
@NullMarked
package org.ringward.daemon.adminsocket;

import org.jspecify.annotations.NullMarked;
