/**
 * Resources that programs on several machines share: leases with fencing tokens, and what becomes
 * of the others who hold them. Needs the JDK only.
 */
@NullMarked
package org.ringward.client;

import org.jspecify.annotations.NullMarked;
