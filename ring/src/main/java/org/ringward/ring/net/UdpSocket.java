package org.ringward.ring.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import org.ringward.core.base.OperatorException;
import org.ringward.ring.os.NativeMemory;
import org.ringward.ring.os.SocketCalls;

/** One UDP socket. */
final class UdpSocket {
  /** Corosync's; without privileges the system grants less. */
  static final int BUFFER_BYTES = 8 * 1024 * 1024;

  /** The highest that needs no privilege, and Corosync's. */
  private static final int PRIORITY = 6;

  /** Of the counters of SO_MEMINFO: datagrams that found no room. */
  private static final int MEMINFO_DROPS = 8;

  private static final int MEMINFO_BYTES = 9 * 4;
  private static final int VALUE = 0;
  private static final int LENGTH = 64;

  private final SocketCalls calls = new SocketCalls();
  private final SocketCalls sendCalls = new SocketCalls();
  private final NativeMemory memory = new NativeMemory(128);
  private final UdpLink link;
  private final int descriptor;
  private volatile boolean mayHaveMore = true;
  private boolean closed;

  private UdpSocket(UdpLink link, boolean v6) {
    this.link = link;
    int type = Linux.SOCK_DGRAM | Linux.SOCK_NONBLOCK | Linux.SOCK_CLOEXEC;
    descriptor = calls.socket(v6 ? Linux.AF_INET6 : Linux.AF_INET, type, 0);
  }

  /**
   * Opens a socket.
   *
   * @param v6 its family
   * @throws OperatorException when the system has none for us
   */
  static UdpSocket open(UdpLink link, String address, int port, boolean v6) {
    UdpSocket socket = new UdpSocket(link, v6);
    if (socket.descriptor < 0) {
      throw SocketFailure.other(address, port, SocketFailure.reason(socket.descriptor));
    }
    if (v6) {
      socket.set(Linux.IPPROTO_IPV6, Linux.IPV6_V6ONLY, 1);
    }
    return socket;
  }

  UdpLink link() {
    return link;
  }

  int descriptor() {
    return descriptor;
  }

  /** Sets an option; 0 or the negative errno. */
  synchronized int set(int level, int name, int value) {
    memory.bytes().putInt(VALUE, value);
    return calls.setOption(descriptor, level, name, memory.address(VALUE), Integer.BYTES);
  }

  /** Sets an option with a value of any form; 0 or the negative errno. */
  synchronized int set(int level, int name, byte[] value) {
    memory.bytes().put(VALUE, value);
    return calls.setOption(descriptor, level, name, memory.address(VALUE), value.length);
  }

  /** The value of an option; a negative errno when there is none. */
  synchronized int option(int level, int name) {
    memory.bytes().putInt(LENGTH, Integer.BYTES);
    int result =
        calls.option(descriptor, level, name, memory.address(VALUE), memory.address(LENGTH));
    return result < 0 ? result : memory.bytes().getInt(VALUE);
  }

  /** 0 or the negative errno. */
  synchronized int bind(InetAddress address, int port) {
    NodeAddresses.write(memory.bytes(), VALUE, address, port);
    boolean four = address instanceof Inet4Address;
    int length = four ? Linux.ADDRESS_V4_BYTES : Linux.ADDRESS_V6_BYTES;
    return calls.bind(descriptor, memory.address(VALUE), length);
  }

  /** Sends messages; how many, or a negative errno. One thread at a time. */
  int send(long messages, int count) {
    return sendCalls.sendMessages(
        descriptor, messages, count, Linux.MSG_DONTWAIT | Linux.MSG_NOSIGNAL);
  }

  /**
   * Asks for large buffers and priority, and to be told what comes back by ICMP.
   *
   * @param whole whether a datagram that is too long for the path is refused, not cut
   * @return bytes the smaller of its buffers has room for
   */
  int tune(boolean v6, boolean whole) {
    set(Linux.SOL_SOCKET, Linux.SO_PRIORITY, PRIORITY);
    int discover = whole ? Linux.PMTUDISC_PROBE : Linux.PMTUDISC_DONT;
    if (v6) {
      set(Linux.IPPROTO_IPV6, Linux.IPV6_MTU_DISCOVER, discover);
      set(Linux.IPPROTO_IPV6, Linux.IPV6_RECVERR, 1);
    } else {
      set(Linux.IPPROTO_IP, Linux.IP_MTU_DISCOVER, discover);
      set(Linux.IPPROTO_IP, Linux.IP_RECVERR, 1);
    }
    set(Linux.SOL_UDP, Linux.UDP_GRO, 1);
    return Math.min(
        buffer(Linux.SO_RCVBUFFORCE, Linux.SO_RCVBUF),
        buffer(Linux.SO_SNDBUFFORCE, Linux.SO_SNDBUF));
  }

  private int buffer(int force, int ask) {
    if (set(Linux.SOL_SOCKET, force, BUFFER_BYTES) < 0) {
      set(Linux.SOL_SOCKET, ask, BUFFER_BYTES);
    }
    // The system doubles what was asked for, for its own bookkeeping.
    return option(Linux.SOL_SOCKET, ask) / 2;
  }

  /** Datagrams that came in and found no room. */
  synchronized long overflows() {
    if (closed) {
      return 0;
    }
    memory.bytes().putInt(LENGTH, MEMINFO_BYTES);
    int result =
        calls.option(
            descriptor,
            Linux.SOL_SOCKET,
            Linux.SO_MEMINFO,
            memory.address(VALUE),
            memory.address(LENGTH));
    boolean told = result == 0 && memory.bytes().getInt(LENGTH) >= MEMINFO_BYTES;
    return told ? memory.bytes().getInt(VALUE + MEMINFO_DROPS * Integer.BYTES) : 0;
  }

  boolean mayHaveMore() {
    return mayHaveMore;
  }

  void mayHaveMore(boolean more) {
    mayHaveMore = more;
  }

  synchronized void close() {
    closed = true;
    calls.close(descriptor);
  }
}
