/** The paths to the peers: seals and opens datagrams, counts what is dropped, delivers to self. */
@NullMarked
package org.ringward.core.link;

import org.jspecify.annotations.NullMarked;
