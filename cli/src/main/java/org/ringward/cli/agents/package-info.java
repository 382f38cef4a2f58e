/** The agents that are installed on this machine. */
@NullMarked
package org.ringward.cli.agents;

import org.jspecify.annotations.NullMarked;
