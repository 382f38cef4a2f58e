/** Reports of the daemon as text for people. */
@NullMarked
package org.ringward.cli.render;

import org.jspecify.annotations.NullMarked;
