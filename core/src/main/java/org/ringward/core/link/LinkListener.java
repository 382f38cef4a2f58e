package org.ringward.core.link;

/**
 * Hears what changes on the links to the other nodes. Called from inside the transport's inputs; it
 * must not call the transport.
 */
public interface LinkListener {
  /** Does nothing. */
  LinkListener NONE = new LinkListener() {};

  /** The link carries data from now on. */
  default void linkUp(int node, int link) {}

  /** The link carries no more data. */
  default void linkDown(int node, int link, Cause cause) {}

  /** The largest IP packet that comes through was found out. */
  default void mtuChanged(int node, int link, int mtu) {}

  /**
   * Datagrams are dropped, for the first time for this reason since the start or the last change of
   * settings; further ones are counted only.
   *
   * @param node who has the datagram's source address, 0 for nobody
   */
  default void dropped(LinkDrop reason, int node, int link) {}

  /** Why a link went down. */
  enum Cause {
    /** No PONG for too long. */
    SILENT,
    /** The node's system says that nobody listens. */
    REFUSED,
    /** The settings do not have it any more. */
    REMOVED,
    /** It has another address now, on one of its ends, and begins anew. */
    MOVED
  }
}
