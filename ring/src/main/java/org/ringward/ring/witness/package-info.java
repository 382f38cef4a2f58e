/** Connections to a network witness: certificates, enrolment, and the bytes of a node's streams. */
@NullMarked
package org.ringward.ring.witness;

import org.jspecify.annotations.NullMarked;
