/** The program: arguments, exit codes and the wiring of adapters to one node. */
@NullMarked
package org.ringward.daemon;

import org.jspecify.annotations.NullMarked;
