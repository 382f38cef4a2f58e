/** The middle chapters: colocations and scores, and where every resource goes. */
@NullMarked
package org.ringward.core.policy.placement;

import org.jspecify.annotations.NullMarked;
