package org.ringward.core.group;

import org.ringward.core.base.NodeSet;

/**
 * A configuration change as it is delivered in the order of messages.
 *
 * @param kind a transitional one says who comes along from the old ring, the regular one who is in
 *     the new ring
 * @param representative and sequence: the ring id
 */
public record RingConfiguration(
    Kind kind, int representative, long sequence, NodeSet members, NodeSet joined, NodeSet left) {
  /** The two kinds of extended virtual synchrony. */
  public enum Kind {
    TRANSITIONAL,
    REGULAR
  }
}
