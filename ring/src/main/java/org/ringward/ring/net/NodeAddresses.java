package org.ringward.ring.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ringward.core.port.Frames;
import org.ringward.ring.os.NativeMemory;

/** The addresses of the nodes on one link, and of its group, as system calls take them. */
final class NodeAddresses {
  /** Ascending. */
  private final int[] nodes;

  private final InetAddress[] addresses;
  private final long[] high;
  private final long[] low;
  private final boolean v6;
  private final short port;
  private final boolean hasGroup;
  private final NativeMemory memory;
  private int lastFound;

  /**
   * Addresses of nodes that all have the same port.
   *
   * @param nodes ascending
   * @param addresses of each node; those of another family than the link's own are not reached
   * @param group where datagrams for {@link Frames#GROUP} go, or the own address for nowhere
   */
  NodeAddresses(
      int[] nodes, InetAddress[] addresses, InetAddress own, InetAddress group, int port) {
    this.nodes = nodes;
    this.addresses = addresses;
    this.v6 = !(own instanceof Inet4Address);
    this.port = bigEndian((short) port);
    this.hasGroup = !group.equals(own);
    this.memory = new NativeMemory((nodes.length + 1) * Linux.ADDRESS_ROOM);
    this.high = new long[nodes.length];
    this.low = new long[nodes.length];
    for (int at = 0; at < nodes.length; at++) {
      write(memory.bytes(), at * Linux.ADDRESS_ROOM, addresses[at], port);
      high[at] = high(memory.bytes(), at * Linux.ADDRESS_ROOM);
      low[at] = low(memory.bytes(), at * Linux.ADDRESS_ROOM);
    }
    write(memory.bytes(), nodes.length * Linux.ADDRESS_ROOM, group, port);
  }

  /** Writes an address and its port. */
  static void write(ByteBuffer target, int at, InetAddress address, int port) {
    boolean four = address instanceof Inet4Address;
    short family = (short) (four ? Linux.AF_INET : Linux.AF_INET6);
    target.putShort(at + Linux.ADDRESS_FAMILY, family);
    target.putShort(at + Linux.ADDRESS_PORT, bigEndian((short) port));
    target.put(at + (four ? Linux.ADDRESS_V4 : Linux.ADDRESS_V6), address.getAddress());
  }

  private static short bigEndian(short value) {
    return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? value : Short.reverseBytes(value);
  }

  /** The port of an address that {@link #write} wrote, or the system. */
  static int port(ByteBuffer source, int at) {
    return Short.toUnsignedInt(bigEndian(source.getShort(at + Linux.ADDRESS_PORT)));
  }

  /** The nodes that are reached here, this one too. */
  SortedMap<Integer, InetAddress> nodes() {
    SortedMap<Integer, InetAddress> reached = new TreeMap<>();
    for (int at = 0; at < nodes.length; at++) {
      if (addresses[at] instanceof Inet4Address != v6) {
        reached.put(nodes[at], addresses[at]);
      }
    }
    return reached;
  }

  /** Bytes of each address. */
  int length() {
    return v6 ? Linux.ADDRESS_V6_BYTES : Linux.ADDRESS_V4_BYTES;
  }

  /** How many targets there are: all nodes and the group. */
  int targets() {
    return nodes.length + 1;
  }

  /** The target that a node (or the group) is, negative for none. */
  int target(int node) {
    if (node == Frames.GROUP) {
      return hasGroup ? nodes.length : -1;
    }
    int found = Arrays.binarySearch(nodes, node);
    return found >= 0 && addresses[found] instanceof Inet4Address == v6 ? -1 : found;
  }

  /** Where a target's address is. */
  long address(int target) {
    return memory.address(target * Linux.ADDRESS_ROOM);
  }

  /** The node that has the address, whatever the port; 0 for none. */
  int nodeOfAddress(ByteBuffer source, int at) {
    short family = source.getShort(at + Linux.ADDRESS_FAMILY);
    if (family != (v6 ? Linux.AF_INET6 : Linux.AF_INET)) {
      return 0;
    }
    long wantedHigh = high(source, at);
    long wantedLow = low(source, at);
    // Most datagrams come from where the one before came from.
    int found = lastFound;
    for (int count = 0; count < nodes.length; count++) {
      if (low[found] == wantedLow && high[found] == wantedHigh) {
        lastFound = found;
        return nodes[found];
      }
      found = found + 1 < nodes.length ? found + 1 : 0;
    }
    return 0;
  }

  /** The node that has the address and the link's port; 0 for none. */
  int nodeOfAddressAndPort(ByteBuffer source, int at) {
    return source.getShort(at + Linux.ADDRESS_PORT) == port ? nodeOfAddress(source, at) : 0;
  }

  private static long high(ByteBuffer source, int at) {
    boolean four = source.getShort(at + Linux.ADDRESS_FAMILY) == Linux.AF_INET;
    return four ? 0 : source.getLong(at + Linux.ADDRESS_V6);
  }

  private static long low(ByteBuffer source, int at) {
    boolean four = source.getShort(at + Linux.ADDRESS_FAMILY) == Linux.AF_INET;
    return four
        ? source.getInt(at + Linux.ADDRESS_V4)
        : source.getLong(at + Linux.ADDRESS_V6 + Long.BYTES);
  }
}
