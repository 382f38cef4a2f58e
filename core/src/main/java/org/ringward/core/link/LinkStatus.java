package org.ringward.core.link;

/**
 * How one link to one other node stands. Times in nanoseconds; bytes are those of datagrams, with
 * encryption, without IP and UDP headers.
 *
 * @param priority higher is preferred
 * @param connected whether the link is up
 * @param carriesData whether messages to the node go over this link at present
 * @param mtu largest IP packet that is known to come through
 * @param mtuKnown whether {@code mtu} was found out or set; otherwise it is the cautious first
 *     guess
 * @param pathMtu largest IP packet that was found to come through, whatever is set; 0 before it was
 *     looked for
 * @param latencyMean mean time from PING to PONG, 0 before the first
 * @param latencyMax longest time from PING to PONG
 * @param downs how often the link went down
 * @param refusals how often the node's system said that nobody listens
 */
public record LinkStatus(
    int node,
    int link,
    int priority,
    boolean connected,
    boolean carriesData,
    int mtu,
    boolean mtuKnown,
    int pathMtu,
    long latencyMean,
    long latencyMax,
    long pingsSent,
    long pongsReceived,
    long dataPacketsSent,
    long dataBytesSent,
    long dataPacketsReceived,
    long dataBytesReceived,
    long downs,
    long refusals) {

  /** An only link that is not watched. */
  static LinkStatus unwatched(int node, int mtu) {
    return new LinkStatus(node, 0, 1, true, true, mtu, true, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }
}
