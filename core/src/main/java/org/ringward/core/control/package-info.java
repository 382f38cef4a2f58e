/** Agreement on the cib through the ring, coordinator, transitions, fencing, operators' orders. */
@NullMarked
package org.ringward.core.control;

import org.jspecify.annotations.NullMarked;
