/** Records as JSON. */
@NullMarked
package org.ringward.daemon.json;

import org.jspecify.annotations.NullMarked;
