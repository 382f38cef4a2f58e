/**
 * {@code ringward demo}: three real daemons, a real web server and its address on one machine, a
 * client that watches, and faults on demand. Nothing here decides anything about the cluster: it
 * builds the machines, breaks them, and measures.
 */
@NullMarked
package org.ringward.cli.demo;

import org.jspecify.annotations.NullMarked;
