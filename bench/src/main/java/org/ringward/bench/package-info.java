/** Measures the scheduler, side by side with crm_simulate where that is installed. */
@NullMarked
package org.ringward.bench;

import org.jspecify.annotations.NullMarked;
