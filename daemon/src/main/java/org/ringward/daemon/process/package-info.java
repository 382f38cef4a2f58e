/** Programs that the node runs: agents and fence agents. */
@NullMarked
package org.ringward.daemon.process;

import org.jspecify.annotations.NullMarked;
