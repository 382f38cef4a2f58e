/** The story of incidents, told from the decision records of all nodes. */
@NullMarked
package org.ringward.core.story;

import org.jspecify.annotations.NullMarked;
