/** Closed process groups over the ring: pack, fragment, join, leave, views. */
@NullMarked
package org.ringward.core.group;

import org.jspecify.annotations.NullMarked;
