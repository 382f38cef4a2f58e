package org.ringward.bench.ring;

import java.util.Locale;

/** Whose ring is measured, and how its members stand on it. */
enum Side {
  /** Clients of corosync without real-time priority. */
  COROSYNC,
  /** Clients of corosync as it runs by default, with real-time priority. */
  COROSYNC_RR,
  /** Clients of ringward ring run without real-time priority. */
  SOCKET,
  /** Clients of ringward ring run as it runs by default (as root), with real-time priority. */
  SOCKET_RR,
  /** Programs that embed Ringward's ring. */
  EMBEDDED;

  static Side of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  boolean isCorosync() {
    return this == COROSYNC || this == COROSYNC_RR;
  }

  /** Whether members reach the ring through ringward ring run. */
  boolean isSocket() {
    return this == SOCKET || this == SOCKET_RR;
  }

  /** Whether the daemon has its default priority, as root: real-time. */
  boolean isRealTime() {
    return this == COROSYNC_RR || this == SOCKET_RR;
  }
}
