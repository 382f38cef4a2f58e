package org.ringward.ring.net;

import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/** Why a socket cannot be opened, in a sentence for the operator. */
final class SocketFailure {
  private SocketFailure() {}

  private static OperatorException of(String sentence) {
    return new OperatorException(ExitCode.OS_ERROR, sentence);
  }

  /** Somebody has the port. */
  static OperatorException inUse(String address, int port) {
    return of(
        place(address, port)
            + " is in use by another program (another daemon?); stop it or set another port on all"
            + " nodes");
  }

  /** The address is not this machine's, or may not be used. */
  static OperatorException unusable(String node, String address, int port, String reason) {
    return of(
        place(address, port)
            + " cannot be used: "
            + reason
            + "; the address of node "
            + node
            + " in the node file must be an address of this machine");
  }

  /** A multicast group that cannot be joined. */
  static OperatorException group(String address, int port, String sentence) {
    return of("the group " + address + " port " + port + sentence);
  }

  /** Anything else. */
  static OperatorException other(String address, int port, String reason) {
    return of("cannot open " + place(address, port) + ": " + reason);
  }

  private static String place(String address, int port) {
    return "UDP " + address + " port " + port;
  }

  /** A negative errno in words. */
  static String reason(int error) {
    return switch (-error) {
      case Linux.EPERM, Linux.EACCES -> "permission denied";
      case Linux.EADDRNOTAVAIL -> "no such address";
      case Linux.ENODEV -> "no interface for it";
      case Linux.EADDRINUSE -> "in use by another program";
      case Linux.ENOBUFS, Linux.ENOMEM -> "no memory";
      default -> "error " + -error;
    };
  }
}
