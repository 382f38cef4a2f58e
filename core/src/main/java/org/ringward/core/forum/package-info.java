/** Groups of applications: their messages in one order that survives the loss of nodes. */
@NullMarked
package org.ringward.core.forum;

import org.jspecify.annotations.NullMarked;
