package org.ringward.ring.net;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.LinkSettings;
import org.ringward.core.config.LinkSettings.Interface;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettings.Member;

/**
 * One link of this node: its socket, that of its group when it has one, and the addresses of the
 * others on the same link.
 */
final class UdpLink {
  private static final int KIBIBYTE = 1024;

  private final int number;
  private final int port;
  private final boolean whole;
  private final InetAddress own;

  /** Where datagrams for all go; null on links without a group. */
  private final @Nullable InetAddress group;

  private final UdpSocket socket;
  private final @Nullable UdpSocket groupSocket;
  private volatile NodeAddresses addresses;
  private final Refusals refusals = new Refusals();

  private UdpLink(NodeSettings settings, Interface link, int position, List<String> remarks) {
    number = link.number();
    port = link.port();
    String ownText = settings.self().addresses().get(position);
    own = InetAddress.ofLiteral(ownText);
    group = group(settings.links().transport(), link);
    addresses = addresses(settings, position);
    // Kronosnet finds out what fits; longer frames of the other transports the system has to cut.
    whole = settings.links().transport() == LinkSettings.Transport.KNET;
    boolean v6 = ownText.contains(":");
    socket = UdpSocket.open(this, ownText, port, v6);
    UdpSocket ofGroup = null;
    try {
      int granted = socket.tune(v6, whole);
      if (granted < UdpSocket.BUFFER_BYTES) {
        remarks.add(smallBuffers(ownText, port, granted));
      }
      bind(settings.nodeName(), ownText);
      if (group != null) {
        ofGroup = UdpSocket.open(this, ownText, port, v6);
        new GroupMembership(socket, ofGroup, own, group).enter(link);
      }
    } catch (OperatorException e) {
      socket.close();
      if (ofGroup != null) {
        ofGroup.close();
      }
      throw e;
    }
    groupSocket = ofGroup;
  }

  /**
   * Opens the sockets of a link.
   *
   * @param position which of a node's addresses is that of this link
   * @param remarks gets what the system did not grant
   * @throws OperatorException when the address is not this machine's or the port is taken
   */
  static UdpLink open(NodeSettings settings, Interface link, int position, List<String> remarks) {
    return new UdpLink(settings, link, position, remarks);
  }

  private static @Nullable InetAddress group(LinkSettings.Transport transport, Interface link) {
    if (transport != LinkSettings.Transport.UDP) {
      return null;
    }
    return InetAddress.ofLiteral(
        link.broadcast() ? GroupMembership.BROADCAST : link.multicastAddress());
  }

  private NodeAddresses addresses(NodeSettings settings, int position) {
    int[] nodes = settings.members().stream().mapToInt(Member::id).toArray();
    InetAddress[] all = new InetAddress[nodes.length];
    Arrays.setAll(
        all, at -> InetAddress.ofLiteral(settings.members().get(at).addresses().get(position)));
    return new NodeAddresses(nodes, all, own, group == null ? own : group, port);
  }

  /** Nodes have come or gone, or have other addresses; the sockets stay. */
  void readdress(NodeSettings settings, int position) {
    addresses = addresses(settings, position);
  }

  private void bind(String node, String text) {
    int result = socket.bind(own, port);
    if (result == -Linux.EADDRINUSE) {
      throw SocketFailure.inUse(text, port);
    }
    if (result < 0) {
      throw SocketFailure.unusable(node, text, port, SocketFailure.reason(result));
    }
  }

  private static String smallBuffers(String address, int port, int granted) {
    return "UDP "
        + address
        + " port "
        + port
        + ": the system grants buffers of "
        + granted / KIBIBYTE
        + " KiB instead of "
        + UdpSocket.BUFFER_BYTES / KIBIBYTE
        + "; raise net.core.rmem_max and net.core.wmem_max, or bursts get lost";
  }

  int number() {
    return number;
  }

  /** Whether that is this node's address on the link. */
  boolean isAt(String address) {
    return own.equals(InetAddress.ofLiteral(address));
  }

  /** This node's address on the link. */
  InetAddress own() {
    return own;
  }

  int port() {
    return port;
  }

  NodeAddresses addresses() {
    return addresses;
  }

  /** What sends, and receives what is meant for this node alone. */
  UdpSocket socket() {
    return socket;
  }

  /** What receives what is meant for all; null on links without a group. */
  @Nullable UdpSocket groupSocket() {
    return groupSocket;
  }

  /**
   * The node that a datagram came from, 0 for none. Kronosnet sends from the port it listens at;
   * Corosync's other transports from any.
   */
  int sender(ByteBuffer source, int at) {
    return whole ? addresses.nodeOfAddressAndPort(source, at) : addresses.nodeOfAddress(source, at);
  }

  /** Whether the system never cuts a datagram of this link into fragments. */
  boolean isWhole() {
    return whole;
  }

  /** The nodes at which nobody listens. */
  Refusals refusals() {
    return refusals;
  }

  void close() {
    socket.close();
    if (groupSocket != null) {
      groupSocket.close();
    }
  }
}
