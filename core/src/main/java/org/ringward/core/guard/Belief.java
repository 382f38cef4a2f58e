package org.ringward.core.guard;

/** What the node knows when the guard asks whether its promises hold. */
public interface Belief {
  /** It is in an agreed view with quorum, and no other side can have quorum too. */
  boolean quorate();

  /**
   * What others order this node over shared disks reaches it, or need not: messages of sbd are
   * read, or nobody can want it to be reset.
   */
  default boolean hearsOrders(long now) {
    return true;
  }

  /** When the token of the ring it is in came to it last, which it has sent on before. */
  long tokenSeen();

  /**
   * It knows of everything that is configured, and of everything it ever started, that it is
   * stopped here.
   */
  boolean holdsNothing();
}
