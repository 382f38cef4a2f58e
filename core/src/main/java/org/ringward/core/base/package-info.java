/** Ids, small sorted sets, deadlines, checks and decision records: what every room may use. */
@NullMarked
package org.ringward.core.base;

import org.jspecify.annotations.NullMarked;
