package org.ringward.cli.holders;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Lines of /proc/net/tcp and its kin. */
final class Sockets {
  private static final int FIELDS_LEAST = 10;
  private static final int LISTEN = 0x0A;

  private Sockets() {}

  /**
   * A socket.
   *
   * @param address as {@link #canonical} writes it
   * @param listens for connections, or for datagrams of anybody
   */
  record Socket(String protocol, String address, int port, boolean listens, String inode) {}

  /** The socket of a line, null for a headline and for what belongs to no process any more. */
  static @Nullable Socket parse(String table, String line) {
    String[] fields = line.strip().split("\\s+", -1);
    if (fields.length < FIELDS_LEAST || fields[1].indexOf(':') < 0 || fields[9].equals("0")) {
      return null;
    }
    String[] local = fields[1].split(":", -1);
    try {
      int state = Integer.parseInt(fields[3], 16);
      boolean listens = table.startsWith("udp") ? fields[2].endsWith(":0000") : state == LISTEN;
      return new Socket(
          table.substring(0, 3),
          address(local[0]),
          Integer.parseInt(local[1], 16),
          listens,
          fields[9]);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  /** The kernel writes words of four bytes in the order of the machine, which is little-endian. */
  private static String address(String hex) {
    byte[] turned = HexFormat.of().parseHex(hex);
    byte[] bytes = new byte[turned.length];
    for (int i = 0; i < turned.length; i++) {
      bytes[i] = turned[i - i % 4 + 3 - i % 4];
    }
    try {
      // An IPv4 address in an IPv6 socket becomes the IPv4 address.
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (UnknownHostException _) {
      return "";
    }
  }

  /** The same for all ways to write an address; empty when it is none. */
  static String canonical(String address) {
    String bare = address.replaceFirst("[%/].*", "");
    if (!bare.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
      return ""; // A name would ask a server.
    }
    try {
      return InetAddress.getByName(bare).getHostAddress();
    } catch (UnknownHostException _) {
      return "";
    }
  }

  /** What a process does with its sockets: ports it listens on, and how many connections. */
  static String describe(List<Socket> sockets) {
    Map<String, Integer> listening = new TreeMap<>();
    int talking = 0;
    for (Socket each : sockets) {
      if (each.listens()) {
        listening.merge(each.protocol() + " " + each.port(), 1, Integer::sum);
      } else {
        talking++;
      }
    }
    StringBuilder text = new StringBuilder();
    if (!listening.isEmpty()) {
      text.append("listens on ").append(String.join(", ", listening.keySet()));
    }
    if (talking > 0) {
      text.append(text.isEmpty() ? "" : ", ")
          .append(talking == 1 ? "1 connection" : talking + " connections");
    }
    return text.toString();
  }
}
