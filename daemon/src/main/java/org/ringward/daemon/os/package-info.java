/** System calls that Java does not have; the only user of java.lang.foreign. */
@NullMarked
package org.ringward.daemon.os;

import org.jspecify.annotations.NullMarked;
