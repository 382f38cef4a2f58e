package org.ringward.core.totem;

/** The states of a node in the protocol (reference/totem-srp.md, section 8). */
public enum TotemState {
  /** A ring is formed (or, at the very start, none was looked for): messages are ordered. */
  OPERATIONAL,
  /** The node and all it can hear are agreeing on who should be in the next ring. */
  GATHER,
  /** The members are agreed; the commit token collects where each stands in its old ring. */
  COMMIT,
  /** The new ring turns; messages of the old rings are exchanged until all have the same. */
  RECOVERY
}
