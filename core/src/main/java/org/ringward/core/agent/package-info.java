/** Kinds of resources: an action becomes something to execute, an exit becomes an outcome. */
@NullMarked
package org.ringward.core.agent;

import org.jspecify.annotations.NullMarked;
