/** Questions and orders of operators and the answers: records only. */
@NullMarked
package org.ringward.core.admin;

import org.jspecify.annotations.NullMarked;
