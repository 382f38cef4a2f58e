/** The screen: streams, colours, glyphs, tables, questions and progress. */
@NullMarked
package org.ringward.cli.terminal;

import org.jspecify.annotations.NullMarked;
