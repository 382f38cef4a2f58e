/** Transition graphs: what is to be done and in which order, in Pacemaker's form. */
@NullMarked
package org.ringward.core.graph;

import org.jspecify.annotations.NullMarked;
