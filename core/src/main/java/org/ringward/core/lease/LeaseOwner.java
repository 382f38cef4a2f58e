package org.ringward.core.lease;

/**
 * Who holds or wants a resource: one claim of a program on one node.
 *
 * @param incarnation the life of the node's daemon, hexadecimal as in the status
 * @param claim number that this life of the daemon gave it, never twice
 */
public record LeaseOwner(String node, String incarnation, long claim) {
  /** Whether its daemon is in that life. */
  public boolean isOf(String name, String life) {
    return node.equals(name) && incarnation.equals(life);
  }
}
