/** A new cluster: its files, the checks of its machines, and the way of the files to the others. */
@NullMarked
package org.ringward.cli.setup;

import org.jspecify.annotations.NullMarked;
