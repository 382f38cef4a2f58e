/**
 * The page of a node, its metrics and its health: an HTTP server beside the node's loop, which
 * never waits for it (docs/page.md).
 */
@NullMarked
package org.ringward.daemon.web;

import org.jspecify.annotations.NullMarked;
