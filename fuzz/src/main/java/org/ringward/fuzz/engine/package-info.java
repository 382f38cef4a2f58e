/** Mutation, coverage, findings: knows nothing of what is tested. */
@NullMarked
package org.ringward.fuzz.engine;

import org.jspecify.annotations.NullMarked;
