/** Manual pages, made from what the help and the settings are made from. */
@NullMarked
package org.ringward.cli.manual;

import org.jspecify.annotations.NullMarked;
