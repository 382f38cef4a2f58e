/** The named scenarios, and the churn. */
@NullMarked
package org.ringward.interop.scenario;

import org.jspecify.annotations.NullMarked;
