package org.ringward.core.port;

/**
 * Sends datagrams to peers. Losing, delaying or repeating one is allowed; errors are counted, never
 * thrown.
 */
public interface Frames {
  /**
   * Sends one datagram to a configured node other than this one; the bytes are copied or sent
   * before returning.
   */
  void send(int toNode, byte[] datagram, int offset, int length);
}
