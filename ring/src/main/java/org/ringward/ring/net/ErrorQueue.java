package org.ringward.ring.net;

import java.nio.ByteBuffer;
import org.ringward.ring.os.NativeMemory;
import org.ringward.ring.os.SocketCalls;

/**
 * Reads what came back for datagrams that were sent: the system keeps each ICMP message with the
 * address that the datagram went to (ip(7), IP_RECVERR). Any thread may use it.
 */
final class ErrorQueue {
  /** As long as errors wait the socket does nothing else, so no more are taken at a time. */
  private static final int ERRORS_MOST = 256;

  private static final int MESSAGE = 0;
  private static final int NAME = MESSAGE + Linux.MESSAGE_BYTES;
  private static final int CONTROL = NAME + Linux.ADDRESS_ROOM;
  private static final int CONTROL_BYTES = 256;

  private final SocketCalls calls = new SocketCalls();
  private final NativeMemory memory = new NativeMemory(CONTROL + CONTROL_BYTES);
  private final ByteBuffer bytes = memory.bytes();
  private final SocketCounts counts;

  ErrorQueue(SocketCounts counts) {
    this.counts = counts;
  }

  /** Takes all errors that wait; the link remembers who refuses. */
  synchronized void drain(UdpSocket socket) {
    for (int count = 0; count < ERRORS_MOST; count++) {
      bytes.putLong(MESSAGE + Linux.MESSAGE_NAME, memory.address(NAME));
      bytes.putInt(MESSAGE + Linux.MESSAGE_NAME_LENGTH, Linux.ADDRESS_ROOM);
      bytes.putLong(MESSAGE + Linux.MESSAGE_CONTROL, memory.address(CONTROL));
      bytes.putLong(MESSAGE + Linux.MESSAGE_CONTROL_LENGTH, CONTROL_BYTES);
      int flags = Linux.MSG_ERRQUEUE | Linux.MSG_DONTWAIT;
      int result = calls.receiveMessage(socket.descriptor(), memory.address(MESSAGE), flags);
      if (result == -Linux.EINTR) {
        continue;
      }
      if (result < 0) {
        // An error that came without a message stays pending until it is asked for.
        int pending = socket.option(Linux.SOL_SOCKET, Linux.SO_ERROR);
        if (pending > 0) {
          counts.error(pending);
        }
        return;
      }
      take(socket.link());
    }
  }

  private void take(UdpLink link) {
    int end = CONTROL + (int) bytes.getLong(MESSAGE + Linux.MESSAGE_CONTROL_LENGTH);
    int at = CONTROL;
    while (at + Linux.CONTROL_DATA <= end) {
      int level = bytes.getInt(at + Linux.CONTROL_LEVEL);
      int type = bytes.getInt(at + Linux.CONTROL_TYPE);
      if (isError(level, type)) {
        error(link, at + Linux.CONTROL_DATA);
      }
      long length = Math.max(Linux.CONTROL_DATA, bytes.getLong(at + Linux.CONTROL_LENGTH));
      at += (int) ((length + 7) & -8);
    }
  }

  private static boolean isError(int level, int type) {
    return (level == Linux.IPPROTO_IP && type == Linux.IP_RECVERR)
        || (level == Linux.IPPROTO_IPV6 && type == Linux.IPV6_RECVERR);
  }

  private void error(UdpLink link, int at) {
    int errno = bytes.getInt(at + Linux.ERROR_ERRNO);
    byte origin = bytes.get(at + Linux.ERROR_ORIGIN);
    if (origin != Linux.ORIGIN_ICMP && origin != Linux.ORIGIN_ICMP6) {
      return; // this machine's own, which the call that sent has told already
    }
    counts.error(errno);
    if (errno == Linux.ECONNREFUSED) {
      link.refusals().add(link.addresses().nodeOfAddressAndPort(bytes, NAME));
    }
  }
}
