/** Resources that applications share: who holds what, with which token, and until when. */
@NullMarked
package org.ringward.core.lease;

import org.jspecify.annotations.NullMarked;
