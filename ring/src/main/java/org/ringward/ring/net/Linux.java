package org.ringward.ring.net;

/**
 * Numbers of Linux's socket interface under its own names, and where the members of its structures
 * are; the same on x86-64 and AArch64.
 */
final class Linux {
  static final int AF_UNIX = 1;
  static final int AF_INET = 2;
  static final int AF_INET6 = 10;
  static final int SOCK_STREAM = 1;
  static final int SOCK_DGRAM = 2;
  static final int SOCK_NONBLOCK = 0x800;
  static final int SOCK_CLOEXEC = 0x80000;

  static final int SOL_SOCKET = 1;
  static final int SO_REUSEADDR = 2;
  static final int SO_ERROR = 4;
  static final int SO_BROADCAST = 6;
  static final int SO_KEEPALIVE = 9;
  static final int SO_SNDBUF = 7;
  static final int SO_RCVBUF = 8;
  static final int SO_PRIORITY = 12;
  static final int SO_PEERCRED = 17;
  static final int SO_SNDBUFFORCE = 32;
  static final int SO_RCVBUFFORCE = 33;
  static final int SO_MEMINFO = 55;

  static final int IPPROTO_IP = 0;
  static final int IP_TOS = 1;
  static final int IP_MTU_DISCOVER = 10;
  static final int IP_RECVERR = 11;
  static final int IP_MULTICAST_IF = 32;
  static final int IP_MULTICAST_TTL = 33;
  static final int IP_MULTICAST_LOOP = 34;
  static final int IP_ADD_MEMBERSHIP = 35;
  static final int IP_MULTICAST_ALL = 49;

  static final int IPPROTO_IPV6 = 41;
  static final int IPV6_MULTICAST_IF = 17;
  static final int IPV6_MULTICAST_HOPS = 18;
  static final int IPV6_MULTICAST_LOOP = 19;
  static final int IPV6_ADD_MEMBERSHIP = 20;
  static final int IPV6_MTU_DISCOVER = 23;
  static final int IPV6_RECVERR = 25;
  static final int IPV6_V6ONLY = 26;
  static final int IPV6_MULTICAST_ALL = 29;
  static final int IPV6_TCLASS = 67;

  /** Values of IP_MTU_DISCOVER: the system cuts; never, whatever is known of the path. */
  static final int PMTUDISC_DONT = 0;

  static final int PMTUDISC_PROBE = 3;

  static final int SOL_TCP = 6;
  static final int TCP_KEEPIDLE = 4;
  static final int TCP_KEEPINTVL = 5;
  static final int TCP_KEEPCNT = 6;
  static final int TCP_SYNCNT = 7;

  static final int SOL_UDP = 17;
  static final int UDP_SEGMENT = 103;
  static final int UDP_GRO = 104;

  static final int MSG_DONTWAIT = 0x40;
  static final int MSG_ERRQUEUE = 0x2000;
  static final int MSG_NOSIGNAL = 0x4000;

  static final int EFD_NONBLOCK = 0x800;
  static final int EFD_CLOEXEC = 0x80000;
  static final short POLLIN = 1;
  static final short POLLOUT = 4;
  static final short POLLERR = 8;

  static final int EPERM = 1;
  static final int EINTR = 4;
  static final int EIO = 5;
  static final int EAGAIN = 11;
  static final int ENOMEM = 12;
  static final int EACCES = 13;
  static final int ENODEV = 19;
  static final int EINVAL = 22;
  static final int EMSGSIZE = 90;
  static final int EADDRINUSE = 98;
  static final int EADDRNOTAVAIL = 99;
  static final int ENETDOWN = 100;
  static final int ENETUNREACH = 101;
  static final int ENOBUFS = 105;
  static final int ECONNREFUSED = 111;
  static final int EHOSTDOWN = 112;
  static final int EINPROGRESS = 115;
  static final int EHOSTUNREACH = 113;

  /** struct sockaddr_in, sockaddr_in6: family, port (big-endian), address. */
  static final int ADDRESS_FAMILY = 0;

  static final int ADDRESS_PORT = 2;
  static final int ADDRESS_V4 = 4;
  static final int ADDRESS_V6 = 8;
  static final int ADDRESS_V4_BYTES = 16;
  static final int ADDRESS_V6_BYTES = 28;

  /** Room for an address of either kind. */
  static final int ADDRESS_ROOM = 32;

  /** struct sockaddr_un: family, path that ends with a zero. */
  static final int ADDRESS_PATH = 2;

  static final int ADDRESS_PATH_ROOM = 108;

  /** struct ucred: process, user, group. */
  static final int CREDENTIALS_USER = 4;

  static final int CREDENTIALS_GROUP = 8;
  static final int CREDENTIALS_BYTES = 12;

  /** struct msghdr, and mmsghdr that begins with one. */
  static final int MESSAGE_NAME = 0;

  static final int MESSAGE_NAME_LENGTH = 8;
  static final int MESSAGE_PARTS = 16;
  static final int MESSAGE_PARTS_COUNT = 24;
  static final int MESSAGE_CONTROL = 32;
  static final int MESSAGE_CONTROL_LENGTH = 40;
  static final int MESSAGE_LENGTH = 56;
  static final int MESSAGE_BYTES = 64;

  /** struct iovec. */
  static final int PART_ADDRESS = 0;

  static final int PART_LENGTH = 8;
  static final int PART_BYTES = 16;

  /** struct cmsghdr, its data behind it; each begins at a multiple of 8. */
  static final int CONTROL_LENGTH = 0;

  static final int CONTROL_LEVEL = 8;
  static final int CONTROL_TYPE = 12;
  static final int CONTROL_DATA = 16;

  /** struct sock_extended_err. */
  static final int ERROR_ERRNO = 0;

  static final int ERROR_ORIGIN = 4;
  static final byte ORIGIN_ICMP = 2;
  static final byte ORIGIN_ICMP6 = 3;

  /** struct pollfd. */
  static final int POLL_DESCRIPTOR = 0;

  static final int POLL_EVENTS = 4;
  static final int POLL_RETURNED = 6;
  static final int POLL_BYTES = 8;

  private Linux() {}
}
