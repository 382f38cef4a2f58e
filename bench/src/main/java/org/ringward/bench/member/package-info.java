/** The program that sends and receives under measurement, on corosync and on Ringward alike. */
@NullMarked
package org.ringward.bench.member;

import org.jspecify.annotations.NullMarked;
