/** The ring on real sockets, files and threads, for the daemon and for programs that embed it. */
@NullMarked
package org.ringward.ring;

import org.jspecify.annotations.NullMarked;
