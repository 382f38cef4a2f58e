package org.ringward.cli.demo;

import java.util.Locale;

/** Reads the tables of a network namespace that the kernel shows in /proc/PID/net. */
final class NetTables {
  /** State LISTEN in the column st of net/tcp. */
  private static final String LISTEN = "0A";

  private NetTables() {}

  /**
   * Whether an interface has the address.
   *
   * @param fibTrie net/fib_trie: an own address is a leaf "|-- ADDRESS" with "/32 host LOCAL" below
   */
  static boolean holds(String fibTrie, String address) {
    boolean below = false;
    for (String line : fibTrie.split("\n", -1)) {
      String text = line.strip();
      if (text.startsWith("|--")) {
        below = text.equals("|-- " + address);
      } else if (below && text.equals("/32 host LOCAL")) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether somebody listens on the port.
   *
   * @param tcp net/tcp or its beginning: listening sockets come first
   */
  static boolean listens(String tcp, int port) {
    String local = String.format(Locale.ROOT, ":%04X", port);
    for (String line : tcp.split("\n", -1)) {
      String[] columns = line.strip().split("\\s+", 5);
      if (columns.length > 3 && columns[1].endsWith(local) && columns[3].equals(LISTEN)) {
        return true;
      }
    }
    return false;
  }
}
