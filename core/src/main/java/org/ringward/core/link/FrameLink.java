package org.ringward.core.link;

/** The way of Totem frames to the nodes of the ring, this one included. Never blocks or throws. */
public interface FrameLink {
  /**
   * Sends a frame to one node. A frame to this node is queued and comes back later, never from
   * inside the call.
   */
  void send(int toNode, byte[] frame, int length);

  /** Sends a frame to every other configured node. */
  void broadcast(byte[] frame, int length);

  /** What was sent leaves before what is sent from now on is even made. */
  void flush();

  /** Bytes of the longest frame that is lost only as a whole, in one packet, at present. */
  int wholeFrameMax();

  /** Queues a frame that comes back to this node later, never from inside the call. */
  void sendToSelf(byte[] frame, int length);
}
