package org.ringward.ring.os;

import org.jspecify.annotations.Nullable;

/** Tells systemd how the daemon is, when systemd started it and asked for that (sd_notify(3)). */
public final class ServiceManager {
  private final @Nullable String socket;

  /**
   * @param socket the value of NOTIFY_SOCKET, null when nobody listens
   */
  public ServiceManager(@Nullable String socket) {
    this.socket = socket;
  }

  public void ready(String status) {
    tell("READY=1\nSTATUS=" + status);
  }

  public void stopping(String status) {
    tell("STOPPING=1\nSTATUS=" + status);
  }

  private void tell(String text) {
    if (socket != null && !socket.isEmpty()) {
      NativeCalls.sendToUnixSocket(socket, text);
    }
  }
}
