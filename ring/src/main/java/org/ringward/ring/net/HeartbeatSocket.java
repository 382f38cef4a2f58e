package org.ringward.ring.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.config.RegionSettings.Broadcast;
import org.ringward.core.config.RegionSettings.Multicast;
import org.ringward.core.config.RegionSettings.Unicast;
import org.ringward.ring.os.NativeMemory;
import org.ringward.ring.os.SocketCalls;

/**
 * A UDP socket that sends one small datagram to all its targets at once and takes what arrives,
 * without waiting. For one thread; nothing is allocated per datagram.
 */
public final class HeartbeatSocket implements AutoCloseable {
  /** Bytes of the longest datagram. */
  public static final int MOST_BYTES = 1500;

  private static final int OUT = 0;
  private static final int IN = OUT + MOST_BYTES + 4;
  private static final int PART = (IN + MOST_BYTES + 7) & -8;
  private static final int VALUE = PART + Linux.PART_BYTES;
  private static final int HEADERS = VALUE + 64;
  private static final String ALL_NODES = "ff02::1";

  private final SocketCalls calls = new SocketCalls();
  private final NativeMemory memory;
  private final ByteBuffer bytes;
  private final int targets;
  private final int descriptor;
  private int failure;

  private HeartbeatSocket(boolean v4, List<InetAddress> to, int port) throws SocketException {
    targets = to.size();
    int addresses = HEADERS + targets * Linux.MESSAGE_BYTES;
    memory = new NativeMemory(addresses + targets * Linux.ADDRESS_ROOM);
    bytes = memory.bytes();
    bytes.putLong(PART + Linux.PART_ADDRESS, memory.address(OUT));
    for (int at = 0; at < targets; at++) {
      int header = HEADERS + at * Linux.MESSAGE_BYTES;
      int address = addresses + at * Linux.ADDRESS_ROOM;
      NodeAddresses.write(bytes, address, to.get(at), port);
      bytes.putLong(header + Linux.MESSAGE_NAME, memory.address(address));
      bytes.putInt(
          header + Linux.MESSAGE_NAME_LENGTH, v4 ? Linux.ADDRESS_V4_BYTES : Linux.ADDRESS_V6_BYTES);
      bytes.putLong(header + Linux.MESSAGE_PARTS, memory.address(PART));
      bytes.putLong(header + Linux.MESSAGE_PARTS_COUNT, 1);
    }
    int type = Linux.SOCK_DGRAM | Linux.SOCK_NONBLOCK | Linux.SOCK_CLOEXEC;
    descriptor = calls.socket(v4 ? Linux.AF_INET : Linux.AF_INET6, type, 0);
    check(descriptor, "a socket");
    if (!v4) {
      set(Linux.IPPROTO_IPV6, Linux.IPV6_V6ONLY, 1);
    }
  }

  /**
   * A socket for unicast.
   *
   * @param selfId the node whose address it is bound to; the others are its targets
   * @throws SocketException with one sentence
   */
  public static HeartbeatSocket open(Unicast region, int selfId) throws SocketException {
    List<InetAddress> others =
        region.addresses().entrySet().stream()
            .filter(each -> each.getKey() != selfId)
            .map(each -> InetAddress.ofLiteral(each.getValue()))
            .toList();
    InetAddress own = InetAddress.ofLiteral(String.valueOf(region.addresses().get(selfId)));
    HeartbeatSocket socket =
        new HeartbeatSocket(own instanceof Inet4Address, others, region.port());
    return socket.bound(own, region.port());
  }

  /**
   * A socket for multicast.
   *
   * @throws SocketException with one sentence
   */
  public static HeartbeatSocket open(Multicast region) throws SocketException {
    InetAddress group = InetAddress.ofLiteral(region.group());
    NetworkInterface device = device(region.device());
    boolean v4 = group instanceof Inet4Address;
    HeartbeatSocket socket = new HeartbeatSocket(v4, List.of(group), region.port());
    socket.set(Linux.SOL_SOCKET, Linux.SO_REUSEADDR, 1);
    socket.bound(group, region.port());
    return socket.joined(group, device.getIndex(), region.ttl());
  }

  /**
   * A socket for broadcast.
   *
   * @throws SocketException with one sentence
   */
  public static HeartbeatSocket open(Broadcast region) throws SocketException {
    NetworkInterface device = device(region.device());
    if (!region.v4()) {
      InetAddress group = InetAddress.ofLiteral(ALL_NODES);
      HeartbeatSocket socket = new HeartbeatSocket(false, List.of(group), region.port());
      socket.set(Linux.SOL_SOCKET, Linux.SO_REUSEADDR, 1);
      socket.bound(InetAddress.ofLiteral("::"), region.port());
      return socket.joined(group, device.getIndex(), 1);
    }
    InetAddress address =
        device.getInterfaceAddresses().stream()
            .map(InterfaceAddress::getBroadcast)
            .filter(each -> each instanceof Inet4Address)
            .findFirst()
            .orElseThrow(() ->
                new SocketException(
                    "interface " + region.device() + " has no IPv4 broadcast address"));
    HeartbeatSocket socket = new HeartbeatSocket(true, List.of(address), region.port());
    socket.set(Linux.SOL_SOCKET, Linux.SO_REUSEADDR, 1);
    socket.set(Linux.SOL_SOCKET, Linux.SO_BROADCAST, 1);
    // Bound so it hears what is sent to that network, and nothing else.
    return socket.bound(address, region.port());
  }

  private static NetworkInterface device(String name) throws SocketException {
    NetworkInterface device = NetworkInterface.getByName(name);
    if (device == null) {
      throw new SocketException("there is no network interface " + name);
    }
    return device;
  }

  private HeartbeatSocket bound(InetAddress address, int port) throws SocketException {
    NodeAddresses.write(bytes, VALUE, address, port);
    if (!(address instanceof Inet4Address) && address.isMulticastAddress()) {
      bytes.putInt(VALUE + Linux.ADDRESS_V6 + 16, 0);
    }
    int length = address instanceof Inet4Address ? Linux.ADDRESS_V4_BYTES : Linux.ADDRESS_V6_BYTES;
    check(
        calls.bind(descriptor, memory.address(VALUE), length),
        "UDP " + address.getHostAddress() + " port " + port);
    return this;
  }

  private HeartbeatSocket joined(InetAddress group, int device, int ttl) throws SocketException {
    byte[] raw = group.getAddress();
    String what = "multicast group " + group.getHostAddress();
    bytes.put(VALUE, raw);
    if (group instanceof Inet4Address) {
      bytes.putInt(VALUE + 4, 0);
      bytes.putInt(VALUE + 8, device);
      check(option(Linux.IPPROTO_IP, Linux.IP_ADD_MEMBERSHIP, 12), what);
      check(option(Linux.IPPROTO_IP, Linux.IP_MULTICAST_IF, 12), what);
      set(Linux.IPPROTO_IP, Linux.IP_MULTICAST_TTL, ttl);
      set(Linux.IPPROTO_IP, Linux.IP_MULTICAST_ALL, 0);
    } else {
      bytes.putInt(VALUE + 16, device);
      check(option(Linux.IPPROTO_IPV6, Linux.IPV6_ADD_MEMBERSHIP, 20), what);
      set(Linux.IPPROTO_IPV6, Linux.IPV6_MULTICAST_IF, device);
      set(Linux.IPPROTO_IPV6, Linux.IPV6_MULTICAST_HOPS, ttl);
      set(Linux.IPPROTO_IPV6, Linux.IPV6_MULTICAST_ALL, 0);
    }
    return this;
  }

  private int option(int level, int name, int length) {
    return calls.setOption(descriptor, level, name, memory.address(VALUE), length);
  }

  private void set(int level, int name, int value) {
    bytes.putInt(VALUE, value);
    option(level, name, Integer.BYTES);
  }

  private void check(int result, String what) throws SocketException {
    if (result < 0) {
      close();
      throw new SocketException(what + " cannot be used: " + reason(result));
    }
  }

  private static String reason(int error) {
    return switch (-error) {
      case Linux.EADDRINUSE -> "in use by another program, or by another region";
      case Linux.EADDRNOTAVAIL -> "no address of this machine";
      case Linux.ENETDOWN -> "the interface is down";
      case Linux.ENETUNREACH -> "the network is unreachable";
      case Linux.EHOSTUNREACH -> "the host is unreachable";
      default -> SocketFailure.reason(error);
    };
  }

  /** Sends a datagram to all targets; those that fail are counted out, never thrown. */
  public void send(byte[] datagram, int offset, int length) {
    bytes.put(OUT, datagram, offset, length);
    bytes.putLong(PART + Linux.PART_LENGTH, length);
    int at = 0;
    int reached = 0;
    int lastError = 0;
    while (at < targets) {
      int result = send(at);
      if (result > 0) {
        reached += result;
        at += result;
      } else {
        lastError = result;
        at++; // that one failed; the others have their chance
      }
    }
    failure = reached == 0 ? lastError : 0;
  }

  /** Sends from that target on: how many were sent, or why not. */
  private int send(int at) {
    long headers = memory.address(HEADERS + at * Linux.MESSAGE_BYTES);
    int flags = Linux.MSG_DONTWAIT | Linux.MSG_NOSIGNAL;
    int sent = calls.trySendMessages(descriptor, headers, targets - at, flags);
    // Tried again so as to hear why; should it succeed now, all the better.
    return sent > 0 ? sent : calls.sendMessages(descriptor, headers, targets - at, flags);
  }

  /** Why the last datagram reached nobody, null when it reached somebody. */
  public @Nullable String failure() {
    return failure == 0 ? null : "nothing can be sent: " + reason(failure);
  }

  /** Takes a datagram that waits; its length, which may be 0, or negative when there is none. */
  public int receive(byte[] target) {
    int length = calls.tryRead(descriptor, memory.address(IN), MOST_BYTES);
    if (length > 0) {
      bytes.get(IN, target, 0, Math.min(length, target.length));
    }
    return Math.min(length, target.length);
  }

  @Override
  public void close() {
    if (descriptor >= 0) {
      calls.close(descriptor);
    }
  }
}
