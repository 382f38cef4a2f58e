/** The scheduler, a pure function: (cib, now) to placement, transition graph and explanation. */
@NullMarked
package org.ringward.core.policy;

import org.jspecify.annotations.NullMarked;
