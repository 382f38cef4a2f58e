package org.ringward.ring.net;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.LinkSettings;
import org.ringward.core.config.LinkSettings.Interface;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettings.Member;

/** One link of this node: its socket, and the addresses of the others on the same link. */
final class UdpLink {
  private static final int KIBIBYTE = 1024;

  private final int number;
  private final NodeAddresses addresses;
  private final int[] nodes;
  private final boolean[] refused;
  private volatile boolean anyRefused;
  private final boolean whole;
  private final UdpSocket socket;

  private UdpLink(NodeSettings settings, Interface link, int position, List<String> remarks) {
    number = link.number();
    nodes = settings.members().stream().mapToInt(Member::id).toArray();
    refused = new boolean[nodes.length];
    String ownText = settings.self().addresses().get(position);
    InetAddress own = InetAddress.ofLiteral(ownText);
    InetAddress[] all = new InetAddress[nodes.length];
    Arrays.setAll(
        all, at -> InetAddress.ofLiteral(settings.members().get(at).addresses().get(position)));
    addresses = new NodeAddresses(nodes, all, own, own, link.port());
    // Kronosnet finds out what fits; longer frames of the other transports the system has to cut.
    whole = settings.links().transport() == LinkSettings.Transport.KNET;
    boolean v6 = ownText.contains(":");
    socket = UdpSocket.open(this, ownText, link.port(), v6);
    try {
      int granted = socket.tune(v6, whole);
      if (granted < UdpSocket.BUFFER_BYTES) {
        remarks.add(smallBuffers(ownText, link.port(), granted));
      }
      bind(settings.nodeName(), ownText, own, link.port());
    } catch (OperatorException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Opens the socket of a link.
   *
   * @param position which of a node's addresses is that of this link
   * @param remarks gets what the system did not grant
   * @throws OperatorException when the address is not this machine's or the port is taken
   */
  static UdpLink open(NodeSettings settings, Interface link, int position, List<String> remarks) {
    return new UdpLink(settings, link, position, remarks);
  }

  private void bind(String node, String text, InetAddress address, int port) {
    int result = socket.bind(address, port);
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

  NodeAddresses addresses() {
    return addresses;
  }

  UdpSocket socket() {
    return socket;
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

  /** Nobody listens at that node; 0 is none. */
  synchronized void refusedBy(int node) {
    int at = Arrays.binarySearch(nodes, node);
    if (at >= 0) {
      refused[at] = true;
      anyRefused = true;
    }
  }

  /** Whether {@link #takeRefused} has something. */
  boolean anyRefused() {
    return anyRefused;
  }

  /** A node at which nobody listens, told once; 0 for none. */
  synchronized int takeRefused() {
    for (int at = 0; at < nodes.length; at++) {
      if (refused[at]) {
        refused[at] = false;
        return nodes[at];
      }
    }
    anyRefused = false;
    return 0;
  }

  void close() {
    socket.close();
  }
}
