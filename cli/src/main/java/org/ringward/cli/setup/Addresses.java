package org.ringward.cli.setup;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Literal IP addresses. */
final class Addresses {
  private Addresses() {}

  /** Whether it is an IPv4 or IPv6 address and no name; no name server is asked. */
  static boolean isLiteral(String text) {
    return text.matches("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")
        && parsed(text) != null;
  }

  /** Whether another machine can reach it: neither loopback nor of one network segment only. */
  static boolean isReachable(String address) {
    InetAddress found = parsed(address);
    return found != null
        && !found.isLoopbackAddress()
        && !found.isLinkLocalAddress()
        && !found.isAnyLocalAddress()
        && !found.isMulticastAddress();
  }

  /** Whether both are spellings of one address. */
  static boolean same(String one, String other) {
    InetAddress first = parsed(one);
    return first != null && first.equals(parsed(other));
  }

  private static @Nullable InetAddress parsed(String text) {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}
