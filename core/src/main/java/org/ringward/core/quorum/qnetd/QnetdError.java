package org.ringward.core.quorum.qnetd;

/** Why corosync-qnetd refuses, by its numbers as observed. */
final class QnetdError {
  private QnetdError() {}

  static String sentence(int error) {
    String word =
        switch (error) {
          case 9 -> "it could not read a message";
          case 11 -> "it was not greeted";
          case 12 -> "it does not know the algorithm";
          case 13 -> "it does not accept the interval that follows from quorum.device.timeout";
          case 15 -> "other nodes of the cluster have another quorum.device.net.tie_breaker";
          case 16 -> "other nodes of the cluster have another quorum.device.net.algorithm";
          case 17 -> "a node with the same id is connected already";
          default -> "see its log";
        };
    return "it refuses this node with error %d: %s".formatted(error, word);
  }
}
