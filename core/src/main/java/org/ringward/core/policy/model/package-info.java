/**
 * What one schedule knows and decides: nodes, the tree of resources, constraints, actions. Data
 * that the chapters fill in one after the other; no policy.
 */
@NullMarked
package org.ringward.core.policy.model;

import org.jspecify.annotations.NullMarked;
