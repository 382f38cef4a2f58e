/** What is tested: each parser, the links, the ring. */
@NullMarked
package org.ringward.fuzz.target;

import org.jspecify.annotations.NullMarked;
