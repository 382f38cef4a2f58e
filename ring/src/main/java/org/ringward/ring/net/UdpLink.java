package org.ringward.ring.net;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import jdk.net.ExtendedSocketOptions;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.LinkSettings;
import org.ringward.core.config.LinkSettings.Interface;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettings.Member;
import org.ringward.ring.loop.Datagram;

/** One link of this node: its socket, and the addresses of the others on the same link. */
final class UdpLink {
  private static final int BUFFER_BYTES = 2 * 1024 * 1024;

  private final int number;
  private final DatagramChannel channel;
  private final int[] nodeIds;
  private final InetSocketAddress[] addresses;
  private final Map<InetAddress, Integer> nodesByAddress = new HashMap<>();
  private boolean mayHaveMore = true;
  private int lastSender;

  private UdpLink(int number, DatagramChannel channel, int[] nodeIds, InetSocketAddress[] all) {
    this.number = number;
    this.channel = channel;
    this.nodeIds = nodeIds;
    this.addresses = all;
    for (int at = 0; at < nodeIds.length; at++) {
      nodesByAddress.put(all[at].getAddress(), nodeIds[at]);
    }
  }

  /**
   * Opens the socket of a link.
   *
   * @param position which of a node's addresses is that of this link
   * @throws OperatorException when the address is not this machine's or the port is taken
   */
  static UdpLink open(NodeSettings settings, Interface link, int position) {
    int count = settings.members().size();
    int[] nodeIds = new int[count];
    InetSocketAddress[] addresses = new InetSocketAddress[count];
    for (int at = 0; at < count; at++) {
      Member member = settings.members().get(at);
      nodeIds[at] = member.id();
      addresses[at] = address(member.addresses().get(position), link.port());
    }
    String own = settings.self().addresses().get(position);
    InetSocketAddress ownAddress = address(own, link.port());
    try {
      DatagramChannel channel =
          DatagramChannel.open(
              own.contains(":") ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
      channel.configureBlocking(false);
      // The system may grant less; a burst that does not fit is repeated by the protocol.
      channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
      channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
      // Kronosnet finds out what fits; longer frames of the other transports the system has to cut.
      boolean whole = settings.links().transport() == LinkSettings.Transport.KNET;
      channel.setOption(ExtendedSocketOptions.IP_DONTFRAGMENT, whole);
      channel.bind(ownAddress);
      return new UdpLink(link.number(), channel, nodeIds, addresses);
    } catch (BindException e) {
      throw new OperatorException(
          ExitCode.OS_ERROR, bindSentence(settings.nodeName(), own, link.port(), e));
    } catch (IOException e) {
      String place = own + " port " + link.port();
      throw new OperatorException(
          ExitCode.OS_ERROR, "cannot open UDP " + place + ": " + e.getMessage());
    }
  }

  private static String bindSentence(String node, String address, int port, BindException e) {
    String place = "UDP " + address + " port " + port;
    String reason = String.valueOf(e.getMessage());
    if (reason.contains("in use")) {
      return place
          + " is in use by another program (another daemon?); stop it or set another port on all"
          + " nodes";
    }
    return place
        + " cannot be used: "
        + reason
        + "; the address of node "
        + node
        + " in the node file must be an address of this machine";
  }

  private static InetSocketAddress address(String text, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(text), port);
  }

  int number() {
    return number;
  }

  void register(Selector selector) {
    try {
      channel.register(selector, SelectionKey.OP_READ, this);
    } catch (ClosedChannelException e) {
      throw new IllegalStateException("a socket that was just opened is closed", e);
    }
  }

  /** Sends what the buffer holds; false when the system did not take it. */
  boolean send(int toNode, ByteBuffer bytes) {
    int at = Arrays.binarySearch(nodeIds, toNode);
    try {
      return at >= 0 && channel.send(bytes, addresses[at]) > 0;
    } catch (IOException e) {
      // No route, interface down, refused by a filter: the same as a lost datagram.
      return false;
    }
  }

  /** Takes a datagram that waits into the emptied buffer; false when there is none. */
  boolean receive(ByteBuffer buffer) {
    buffer.clear();
    try {
      SocketAddress from = mayHaveMore ? channel.receive(buffer) : null;
      if (from instanceof InetSocketAddress address) {
        lastSender = nodesByAddress.getOrDefault(address.getAddress(), 0);
        return true;
      }
    } catch (IOException e) {
      // Linux reports some earlier failures to send here; the next wake-up goes on.
    }
    mayHaveMore = false;
    return false;
  }

  /** Takes a datagram beside the loop's thread; false when there is none. */
  boolean receiveAside(Datagram target) {
    ByteBuffer buffer = ByteBuffer.wrap(target.bytes());
    try {
      if (channel.receive(buffer) instanceof InetSocketAddress address) {
        int sender = nodesByAddress.getOrDefault(address.getAddress(), 0);
        target.is(buffer.position(), number, sender);
        return true;
      }
    } catch (IOException e) {
      // As above; the socket is closed when the node ends.
    }
    return false;
  }

  /** The configured node that has the address the last datagram came from, 0 for none. */
  int lastSender() {
    return lastSender;
  }

  void mayHaveMore() {
    mayHaveMore = true;
  }

  boolean hasMore() {
    return mayHaveMore;
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing is left to be done with it.
    }
  }
}
