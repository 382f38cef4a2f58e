package org.ringward.ring.net;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.LinkSettings;
import org.ringward.core.config.LinkSettings.Interface;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettings.Member;
import org.ringward.ring.loop.Datagram;
import org.ringward.ring.loop.Machine;

/**
 * One link of this node: a socket for everybody, and one for each other node that is connected to
 * it, all on the same address and port. The system gives what a node sends to the socket that is
 * connected to its address and port, and only a connected socket is told when nobody listens there.
 * Corosync's udpu sends from another port than it listens at; that comes in at the first socket.
 */
final class UdpLink {
  private static final int BUFFER_BYTES = 2 * 1024 * 1024;

  private final int number;
  private final UdpSocket everybody;
  private final int[] nodeIds;
  private final InetSocketAddress[] addresses;
  private final UdpSocket[] sockets;
  private final Map<InetAddress, Integer> nodesByAddress = new HashMap<>();
  private int lastSender;

  /**
   * @param connected for each node its own socket, or the one for everybody
   */
  private UdpLink(
      int number,
      UdpSocket everybody,
      int[] nodeIds,
      InetSocketAddress[] all,
      UdpSocket[] connected) {
    this.number = number;
    this.everybody = everybody;
    this.nodeIds = nodeIds;
    this.addresses = all;
    this.sockets = connected;
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
      DatagramChannel channel = channel(settings, own);
      channel.bind(ownAddress);
      UdpSocket everybody = new UdpSocket(channel, 0);
      UdpSocket[] connected = new UdpSocket[count];
      // Only while this node opens its own sockets may they share the port.
      everybody.sharePort(true);
      for (int at = 0; at < count; at++) {
        boolean self = nodeIds[at] == settings.self().id();
        UdpSocket socket =
            self ? null : connected(channel(settings, own), ownAddress, addresses[at], nodeIds[at]);
        connected[at] = socket == null ? everybody : socket;
      }
      for (UdpSocket socket : connected) {
        socket.sharePort(false);
      }
      everybody.sharePort(false);
      return new UdpLink(link.number(), everybody, nodeIds, addresses, connected);
    } catch (BindException e) {
      throw new OperatorException(
          ExitCode.OS_ERROR, bindSentence(settings.nodeName(), own, link.port(), e));
    } catch (IOException e) {
      String place = own + " port " + link.port();
      throw new OperatorException(
          ExitCode.OS_ERROR, "cannot open UDP " + place + ": " + e.getMessage());
    }
  }

  private static DatagramChannel channel(NodeSettings settings, String own) throws IOException {
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
    return channel;
  }

  /** The channel connected to a node; null, and closed, when the system knows no way there. */
  private static @Nullable UdpSocket connected(
      DatagramChannel channel, InetSocketAddress own, InetSocketAddress other, int node)
      throws IOException {
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(own);
      channel.connect(other);
      return new UdpSocket(channel, node);
    } catch (IOException e) {
      // Without it the ring works as well; it only learns later that a daemon there was killed.
      channel.close();
      return null;
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
    everybody.register(selector);
    for (UdpSocket socket : sockets) {
      if (socket != everybody) {
        socket.register(selector);
      }
    }
  }

  /** Sends what the buffer holds; false when the system did not take it. */
  boolean send(int toNode, ByteBuffer bytes) {
    int at = Arrays.binarySearch(nodeIds, toNode);
    if (at < 0) {
      return false;
    }
    UdpSocket socket = sockets[at];
    return socket == everybody ? everybody.send(bytes, addresses[at]) : socket.write(bytes);
  }

  /** Takes a datagram that waits into the emptied buffer; false when there is none. */
  boolean receive(ByteBuffer buffer) {
    if (receive(everybody, buffer)) {
      return true;
    }
    for (int at = 0; at < sockets.length; at++) {
      if (sockets[at] != everybody && receive(sockets[at], buffer)) {
        return true;
      }
    }
    return false;
  }

  private boolean receive(UdpSocket socket, ByteBuffer buffer) {
    if (!socket.receive(buffer, nodesByAddress)) {
      return false;
    }
    lastSender = socket.lastSender();
    return true;
  }

  /** Tells the machine at which nodes nobody listens, as far as that is news. */
  void tellRefusals(Machine machine) {
    for (int at = 0; at < sockets.length; at++) {
      if (sockets[at].takeRefusal()) {
        machine.refused(number, nodeIds[at], System.nanoTime());
      }
    }
  }

  /** Takes a datagram beside the loop's thread; false when there is none. */
  boolean receiveAside(Datagram target) {
    if (receiveAside(everybody, target)) {
      return true;
    }
    for (UdpSocket socket : sockets) {
      if (socket != everybody && receiveAside(socket, target)) {
        return true;
      }
    }
    return false;
  }

  private boolean receiveAside(UdpSocket socket, Datagram target) {
    ByteBuffer buffer = ByteBuffer.wrap(target.bytes());
    int sender = socket.takeFrom(buffer, nodesByAddress);
    if (sender >= 0) {
      target.is(buffer.position(), number, sender);
    }
    return sender >= 0;
  }

  /** The configured node that has the address the last datagram came from, 0 for none. */
  int lastSender() {
    return lastSender;
  }

  boolean hasMore() {
    boolean more = everybody.hasMore();
    for (int at = 0; at < sockets.length; at++) {
      more |= sockets[at].hasMore();
    }
    return more;
  }

  void close() {
    everybody.close();
    for (UdpSocket socket : sockets) {
      socket.close();
    }
  }
}
