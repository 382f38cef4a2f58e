/** What members wrote down, and whether they agree. */
@NullMarked
package org.ringward.interop.journal;

import org.jspecify.annotations.NullMarked;
