/** One ring: who is in it, one order for all messages, recovery (Totem single ring protocol). */
@NullMarked
package org.ringward.core.totem;

import org.jspecify.annotations.NullMarked;
