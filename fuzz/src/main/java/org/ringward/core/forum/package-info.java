/**
 * Beside the room of that name in core, so that the fuzzer reaches what the room keeps to itself.
 */
@NullMarked
package org.ringward.core.forum;

import org.jspecify.annotations.NullMarked;
