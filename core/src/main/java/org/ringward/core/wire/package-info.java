/** Byte layouts and versions of all frames and messages, one home for each. */
@NullMarked
package org.ringward.core.wire;

import org.jspecify.annotations.NullMarked;
