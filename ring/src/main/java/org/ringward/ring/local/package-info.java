/** The local client interface: programs of this machine use a ring that another process turns. */
@NullMarked
package org.ringward.ring.local;

import org.jspecify.annotations.NullMarked;
