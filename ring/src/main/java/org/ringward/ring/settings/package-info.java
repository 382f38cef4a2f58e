/** Reads configuration files and keys, and asks this machine for names and addresses. */
@NullMarked
package org.ringward.ring.settings;

import org.jspecify.annotations.NullMarked;
