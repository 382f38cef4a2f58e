/** The cluster information base: configuration and status, XML, YAML, edits, digest, validation. */
@NullMarked
package org.ringward.core.cib;

import org.jspecify.annotations.NullMarked;
