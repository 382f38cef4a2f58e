/** The commands, one class each. */
@NullMarked
package org.ringward.cli.command;

import org.jspecify.annotations.NullMarked;
