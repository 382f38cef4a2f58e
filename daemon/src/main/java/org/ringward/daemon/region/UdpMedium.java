package org.ringward.daemon.region;

import java.net.SocketException;
import org.jspecify.annotations.Nullable;
import org.ringward.ring.net.HeartbeatSocket;

/**
 * A region of UDP. An interface that is not there yet, or not any more, is no reason to end: the
 * socket is opened again when something is to be sent, not too often.
 */
final class UdpMedium implements RegionMedium {
  private static final long AGAIN_NANOS = 3_000_000_000L;
  private static final int RECEIVED_MOST = 1024;

  private final Opener opener;
  private final byte[] room = new byte[HeartbeatSocket.MOST_BYTES];
  private @Nullable HeartbeatSocket socket;
  private @Nullable String trouble;
  private long nextTry;

  /** Opens the socket. */
  interface Opener {
    HeartbeatSocket open() throws SocketException;
  }

  UdpMedium(Opener opener) {
    this.opener = opener;
    this.nextTry = System.nanoTime();
  }

  private @Nullable HeartbeatSocket opened() {
    long now = System.nanoTime();
    if (socket == null && now - nextTry >= 0) {
      nextTry = now + AGAIN_NANOS;
      try {
        socket = opener.open();
        trouble = null;
      } catch (SocketException e) {
        trouble = e.getMessage();
      }
    }
    return socket;
  }

  @Override
  public void send(int path, byte[] frame, int offset, int length) {
    HeartbeatSocket open = opened();
    if (open == null) {
      return;
    }
    open.send(frame, offset, length);
    trouble = open.failure();
    if (trouble != null && System.nanoTime() - nextTry >= 0) {
      // The interface may be another by now, of the same name.
      open.close();
      socket = null;
    }
  }

  @Override
  public void receive(Hearer hearer) {
    HeartbeatSocket open = socket;
    if (open == null) {
      return;
    }
    for (int count = 0; count < RECEIVED_MOST; count++) {
      int length = open.receive(room);
      if (length < 0) {
        return;
      }
      hearer.heard(0, room, 0, length);
    }
  }

  @Override
  public @Nullable String trouble() {
    return trouble;
  }

  @Override
  public void close() {
    HeartbeatSocket open = socket;
    if (open != null) {
      open.close();
      socket = null;
    }
  }
}
