package org.ringward.core.admin;

import java.util.List;

/**
 * The links of one node to all others.
 *
 * @param node the node that answers
 * @param transport what carries frames and how they are sealed, in words
 * @param mode which of several links carry data: passive, active or rr
 * @param links by node and number
 */
public record LinksReport(String node, String transport, String mode, List<LinkLine> links)
    implements AdminReply.Report {

  public LinksReport {
    links = List.copyOf(links);
  }

  /**
   * One link to one node.
   *
   * @param node name of the other node
   * @param link number, 0 to 7
   * @param address of the other node on this link
   * @param port UDP port of the link
   * @param connected whether it is up
   * @param used whether messages to the node go over it at present
   * @param mtu largest IP packet that is known to come through
   * @param mtuKnown whether that was found out or set, rather than guessed
   * @param latencyMicros mean time from ping to pong, 0 before the first
   * @param latencyMaxMicros longest time from ping to pong
   * @param downs how often the link went down
   * @param refusals how often the node's system said that nobody listens
   */
  public record LinkLine(
      String node,
      int nodeId,
      int link,
      String address,
      int port,
      int priority,
      boolean connected,
      boolean used,
      int mtu,
      boolean mtuKnown,
      long latencyMicros,
      long latencyMaxMicros,
      long pingsSent,
      long pongsReceived,
      long packetsSent,
      long bytesSent,
      long packetsReceived,
      long bytesReceived,
      long downs,
      long refusals) {}
}
