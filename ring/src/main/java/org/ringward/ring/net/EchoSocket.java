package org.ringward.ring.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import org.ringward.ring.os.NativeMemory;
import org.ringward.ring.os.SocketCalls;

/**
 * Asks one host for an echo (ICMP, RFC 792 and 4443) and takes its answers, without waiting. Uses
 * Linux's ping sockets where net.ipv4.ping_group_range lets this process, else a raw socket, which
 * needs CAP_NET_RAW. What is asked carries 8 random bytes that only this host has seen, so nobody
 * else can answer for it. For one thread; nothing is allocated per question.
 */
public final class EchoSocket implements AutoCloseable {
  /** What {@link #receive} gives when nothing is there. */
  public static final int NOTHING = -1;

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int RECEIVED_MOST = 64;

  private static final int SOCK_RAW = 3;
  private static final int IPPROTO_ICMP = 1;
  private static final int IPPROTO_ICMPV6 = 58;
  private static final byte ECHO = 8;
  private static final byte ECHO_REPLY = 0;
  private static final byte ECHO_V6 = (byte) 128;
  private static final byte ECHO_REPLY_V6 = (byte) 129;

  /** Type, code, checksum, identifier, sequence; then the secret and the number. */
  private static final int SECRET = 8;

  private static final int NUMBER = 16;
  private static final int QUESTION_BYTES = 20;
  private static final int ROOM = 1500;

  private static final int OUT = 0;
  private static final int IN = 24;
  private static final int PART = IN + ((ROOM + 7) & -8);
  private static final int MESSAGE = PART + Linux.PART_BYTES;
  private static final int ADDRESS = MESSAGE + Linux.MESSAGE_BYTES;

  private final SocketCalls calls = new SocketCalls();
  private final NativeMemory memory = new NativeMemory(ADDRESS + Linux.ADDRESS_ROOM);
  private final ByteBuffer bytes = memory.bytes();
  private final boolean v4;
  private final boolean raw;
  private final long secret = RANDOM.nextLong();
  private final int descriptor;

  private EchoSocket(InetAddress host, boolean v4, boolean raw, int descriptor) {
    this.v4 = v4;
    this.raw = raw;
    this.descriptor = descriptor;
    NodeAddresses.write(bytes, ADDRESS, host, 0);
    bytes.putLong(MESSAGE + Linux.MESSAGE_NAME, memory.address(ADDRESS));
    bytes.putInt(
        MESSAGE + Linux.MESSAGE_NAME_LENGTH, v4 ? Linux.ADDRESS_V4_BYTES : Linux.ADDRESS_V6_BYTES);
    bytes.putLong(MESSAGE + Linux.MESSAGE_PARTS, memory.address(PART));
    bytes.putLong(MESSAGE + Linux.MESSAGE_PARTS_COUNT, 1);
    bytes.putLong(PART + Linux.PART_ADDRESS, memory.address(OUT));
    bytes.putLong(PART + Linux.PART_LENGTH, QUESTION_BYTES);
    bytes.put(OUT, v4 ? ECHO : ECHO_V6);
    bytes.putShort(OUT + 4, (short) RANDOM.nextInt());
    bytes.putLong(OUT + SECRET, secret);
  }

  /**
   * A socket for a host.
   *
   * @throws SocketException with one sentence
   */
  public static EchoSocket open(InetAddress host) throws SocketException {
    boolean v4 = host instanceof Inet4Address;
    SocketCalls calls = new SocketCalls();
    int family = v4 ? Linux.AF_INET : Linux.AF_INET6;
    int protocol = v4 ? IPPROTO_ICMP : IPPROTO_ICMPV6;
    int flags = Linux.SOCK_NONBLOCK | Linux.SOCK_CLOEXEC;
    int ping = calls.socket(family, Linux.SOCK_DGRAM | flags, protocol);
    if (ping >= 0) {
      return new EchoSocket(host, v4, false, ping);
    }
    int rawSocket = calls.socket(family, SOCK_RAW | flags, protocol);
    if (rawSocket >= 0) {
      return new EchoSocket(host, v4, true, rawSocket);
    }
    throw new SocketException(
        "no echo can be asked for: %s; the daemon needs CAP_NET_RAW, or its group in net.ipv4.ping_group_range"
            .formatted(SocketFailure.reason(rawSocket)));
  }

  /** Asks; where there is no way to the host the question is lost. */
  public void ask(int number) {
    bytes.putShort(OUT + 6, (short) number);
    bytes.putInt(OUT + NUMBER, number);
    bytes.putShort(OUT + 2, (short) 0);
    if (v4) {
      // The sum is the same in either order of bytes; for IPv6 the system makes it.
      bytes.putShort(OUT + 2, checksum());
    }
    calls.sendMessages(
        descriptor, memory.address(MESSAGE), 1, Linux.MSG_DONTWAIT | Linux.MSG_NOSIGNAL);
  }

  private short checksum() {
    int sum = 0;
    for (int at = OUT; at < OUT + QUESTION_BYTES; at += 2) {
      sum += bytes.getShort(at) & 0xffff;
    }
    sum = (sum & 0xffff) + (sum >>> 16);
    sum = (sum & 0xffff) + (sum >>> 16);
    return (short) ~sum;
  }

  /** The number of a question that the host has answered, {@link #NOTHING} when none waits. */
  public int receive() {
    for (int count = 0; count < RECEIVED_MOST; count++) {
      int length = calls.read(descriptor, memory.address(IN), ROOM);
      if (length < 0) {
        return NOTHING;
      }
      // Raw sockets of IPv4 give the header of the packet, too; its length is in words.
      int start = IN + (raw && v4 && length > 0 ? (bytes.get(IN) & 15) * 4 : 0);
      if (isAnswer(start, length - (start - IN))) {
        return bytes.getInt(start + NUMBER);
      }
    }
    return NOTHING;
  }

  private boolean isAnswer(int start, int length) {
    return length >= QUESTION_BYTES
        && bytes.get(start) == (v4 ? ECHO_REPLY : ECHO_REPLY_V6)
        && bytes.getLong(start + SECRET) == secret;
  }

  @Override
  public void close() {
    calls.close(descriptor);
  }
}
