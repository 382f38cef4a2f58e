/** What nodes remember of operations and failures, as entries of the status section. */
@NullMarked
package org.ringward.core.history;

import org.jspecify.annotations.NullMarked;
