package org.ringward.ring.net;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettingsYaml;

/** Nodes of tests, all on this machine. */
final class Settings {
  private Settings() {}

  /** Nodes 1, 2, ... with these addresses, as one of them has them. */
  static NodeSettings of(int self, String transport, int port, String... addresses) {
    StringBuilder text = new StringBuilder("cluster: test\nnodes:\n");
    for (int at = 0; at < addresses.length; at++) {
      int id = at + 1;
      text.append("  - {name: n%d, id: %d, address: \"%s\"}\n".formatted(id, id, addresses[at]));
    }
    text.append("totem: {transport: %s, port: %d}\n".formatted(transport, port));
    return NodeSettingsYaml.read("test", text.toString(), "n" + self);
  }

  static UdpLink link(NodeSettings settings) {
    return UdpLink.open(settings, settings.links().interfaces().getFirst(), 0, new ArrayList<>());
  }

  /** A port that nobody has at these addresses. */
  static int freePort(String... addresses) throws IOException {
    for (int port = 21_000; port < 32_000; port++) {
      if (isFree(port, addresses)) {
        return port;
      }
    }
    throw new IOException("no port is free");
  }

  private static boolean isFree(int port, String... addresses) {
    for (String address : addresses) {
      InetSocketAddress place = new InetSocketAddress(InetAddress.ofLiteral(address), port);
      try (DatagramSocket socket = new DatagramSocket(place)) {
        socket.getLocalPort();
      } catch (IOException e) {
        return false;
      }
    }
    return true;
  }
}
