/** Programs that are members of the group under test: on real nodes and on ours. */
@NullMarked
package org.ringward.interop.member;

import org.jspecify.annotations.NullMarked;
