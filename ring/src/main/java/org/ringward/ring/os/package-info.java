/** System calls that Java does not have; the only user of java.lang.foreign. */
@NullMarked
package org.ringward.ring.os;

import org.jspecify.annotations.NullMarked;
