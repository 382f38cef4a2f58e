package org.ringward.ring.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.LinkSettings.Interface;

/**
 * Makes the sockets of a link hear and reach its multicast group, by the interface that has the
 * link's own address (ip(7), ipv6(7)); or everybody by broadcast.
 */
final class GroupMembership {
  /** Goes out by the interface that has the address of the socket that sends. */
  static final String BROADCAST = "255.255.255.255";

  private final UdpSocket sender;
  private final UdpSocket receiver;
  private final InetAddress own;
  private final InetAddress group;

  /**
   * The two sockets of a link.
   *
   * @param sender bound to the own address
   * @param receiver not bound yet
   */
  GroupMembership(UdpSocket sender, UdpSocket receiver, InetAddress own, InetAddress group) {
    this.sender = sender;
    this.receiver = receiver;
    this.own = own;
    this.group = group;
  }

  /**
   * Sets both up.
   *
   * @throws OperatorException when the system does not let them
   */
  void enter(Interface link) {
    boolean v6 = !(own instanceof Inet4Address);
    receiver.tune(v6, false);
    // Each program that asks for it gets a copy.
    check(link, receiver.set(Linux.SOL_SOCKET, Linux.SO_REUSEADDR, 1));
    check(link, receiver.bind(group, link.port()));
    if (link.broadcast()) {
      check(link, sender.set(Linux.SOL_SOCKET, Linux.SO_BROADCAST, 1));
    } else if (v6) {
      enterV6(link);
    } else {
      enterV4(link);
    }
  }

  /** This machine hears itself only where all nodes are on it. */
  private int echo() {
    return own.isLoopbackAddress() ? 1 : 0;
  }

  private void enterV4(Interface link) {
    byte[] request = Arrays.copyOf(group.getAddress(), 8);
    System.arraycopy(own.getAddress(), 0, request, 4, 4);
    check(link, receiver.set(Linux.IPPROTO_IP, Linux.IP_MULTICAST_ALL, 0));
    check(link, receiver.set(Linux.IPPROTO_IP, Linux.IP_ADD_MEMBERSHIP, request));
    check(link, sender.set(Linux.IPPROTO_IP, Linux.IP_MULTICAST_IF, own.getAddress()));
    check(link, sender.set(Linux.IPPROTO_IP, Linux.IP_MULTICAST_TTL, link.ttl()));
    check(link, sender.set(Linux.IPPROTO_IP, Linux.IP_MULTICAST_LOOP, echo()));
  }

  private void enterV6(Interface link) {
    int index = interfaceIndex();
    byte[] request = Arrays.copyOf(group.getAddress(), 20);
    ByteBuffer.wrap(request).order(ByteOrder.nativeOrder()).putInt(16, index);
    check(link, receiver.set(Linux.IPPROTO_IPV6, Linux.IPV6_MULTICAST_ALL, 0));
    check(link, receiver.set(Linux.IPPROTO_IPV6, Linux.IPV6_ADD_MEMBERSHIP, request));
    check(link, sender.set(Linux.IPPROTO_IPV6, Linux.IPV6_MULTICAST_IF, index));
    check(link, sender.set(Linux.IPPROTO_IPV6, Linux.IPV6_MULTICAST_HOPS, link.ttl()));
    check(link, sender.set(Linux.IPPROTO_IPV6, Linux.IPV6_MULTICAST_LOOP, echo()));
  }

  /** 0 lets the system choose. */
  private int interfaceIndex() {
    try {
      @Nullable NetworkInterface found = NetworkInterface.getByInetAddress(own);
      return found == null ? 0 : found.getIndex();
    } catch (SocketException e) {
      return 0;
    }
  }

  private void check(Interface link, int result) {
    if (result < 0) {
      String sentence = " of interface " + own.getHostAddress() + " cannot be entered: ";
      throw SocketFailure.group(
          group.getHostAddress(), link.port(), sentence + SocketFailure.reason(result));
    }
  }
}
