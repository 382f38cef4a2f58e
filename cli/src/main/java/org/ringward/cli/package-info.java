/** What people type: the command line of Ringward. */
@NullMarked
package org.ringward.cli;

import org.jspecify.annotations.NullMarked;
