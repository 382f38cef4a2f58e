package org.ringward.ring.os;

import java.nio.file.Path;

/** The socket at which journald takes entries with fields. */
public final class JournalSocket {
  private final Path socket;

  /** The one of this machine. */
  public JournalSocket() {
    this(Path.of("/run/systemd/journal/socket"));
  }

  /** Another one. */
  public JournalSocket(Path socket) {
    this.socket = socket;
  }

  /**
   * Sends an entry, KEY=value a line; false when nobody took it.
   *
   * @param entry values without line ends
   */
  public boolean send(String entry) {
    return NativeCalls.sendToUnixSocket(socket.toString(), entry) >= 0;
  }
}
