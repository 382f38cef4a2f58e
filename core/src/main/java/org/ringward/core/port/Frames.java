package org.ringward.core.port;

/**
 * Sends datagrams to peers over numbered links. Losing, delaying or repeating one is allowed;
 * errors are counted, never thrown.
 */
public interface Frames {
  /** As a target: the multicast group of the link, for links that have one. */
  int GROUP = 0;

  /**
   * Sends one datagram to a configured node other than this one, or to {@link #GROUP}; the bytes
   * are copied or sent before returning.
   *
   * @param link number of the link, from 0
   */
  void send(int link, int toNode, byte[] datagram, int offset, int length);

  /**
   * Sends several datagrams to one node, in order: they follow each other in the array, each of so
   * many bytes, and the last may be shorter. The bytes are copied or sent before returning.
   *
   * @param segment bytes of each datagram but the last, positive
   * @param length bytes of all together
   */
  default void sendSegments(
      int link, int toNode, byte[] datagrams, int offset, int segment, int length) {
    for (int at = 0; at < length; at += segment) {
      send(link, toNode, datagrams, offset + at, Math.min(segment, length - at));
    }
  }

  /** What was sent may have waited to leave together with what follows; now it leaves. */
  default void flush() {}
}
