/** The program of the network witness: sockets, files and the loop around core's WitnessServer. */
@NullMarked
package org.ringward.daemon.witness;

import org.jspecify.annotations.NullMarked;
