package org.ringward.daemon.region;

import java.net.InetAddress;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;
import org.ringward.ring.net.EchoSocket;

/** A ping host and the socket that asks it, opened when it is first needed, and again later. */
final class EchoHost implements AutoCloseable {
  private static final long AGAIN_NANOS = 3_000_000_000L;

  private final InetAddress host;
  private @Nullable EchoSocket socket;
  private @Nullable String trouble;
  private long nextTry = System.nanoTime();

  EchoHost(String host) {
    this.host = InetAddress.ofLiteral(host);
  }

  void ask(int number) {
    EchoSocket open = opened();
    if (open != null) {
      open.ask(number);
    }
  }

  private @Nullable EchoSocket opened() {
    long now = System.nanoTime();
    if (socket == null && now - nextTry >= 0) {
      nextTry = now + AGAIN_NANOS;
      try {
        socket = EchoSocket.open(host);
        trouble = null;
      } catch (SocketException e) {
        trouble = e.getMessage();
      }
    }
    return socket;
  }

  /** As {@link EchoSocket#receive}. */
  int receive() {
    EchoSocket open = socket;
    return open == null ? EchoSocket.NOTHING : open.receive();
  }

  @Nullable String trouble() {
    return trouble;
  }

  @Override
  public void close() {
    EchoSocket open = socket;
    socket = null;
    if (open != null) {
      open.close();
    }
  }
}
