package org.ringward.ring.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** A socket of a link: the one for everybody, or one that is connected to a single node. */
final class UdpSocket {
  private final DatagramChannel channel;
  private final int node;
  private final AtomicBoolean refused = new AtomicBoolean();
  private boolean mayHaveMore = true;
  private int lastSender;

  /**
   * @param node to which the channel is connected, 0 when it is not
   */
  UdpSocket(DatagramChannel channel, int node) {
    this.channel = channel;
    this.node = node;
  }

  /** Whether another socket that shares its port, too, may be bound to the same. */
  void sharePort(boolean share) throws IOException {
    channel.setOption(StandardSocketOptions.SO_REUSEADDR, share);
  }

  void register(Selector selector) {
    try {
      channel.register(selector, SelectionKey.OP_READ, this);
    } catch (ClosedChannelException e) {
      throw new IllegalStateException("a socket that was just opened is closed", e);
    }
  }

  /** Sends to the node this is connected to; false when the system did not take it. */
  boolean write(ByteBuffer bytes) {
    try {
      return channel.write(bytes) > 0;
    } catch (PortUnreachableException e) {
      // What came back for an earlier datagram; this one has not been sent.
      refused.set(true);
      return writeAgain(bytes);
    } catch (IOException e) {
      // No route, interface down, refused by a filter: the same as a lost datagram.
      return false;
    }
  }

  private boolean writeAgain(ByteBuffer bytes) {
    try {
      return channel.write(bytes) > 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Sends to anybody; false when the system did not take it. */
  boolean send(ByteBuffer bytes, InetSocketAddress to) {
    try {
      return channel.send(bytes, to) > 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Takes a datagram that waits into the emptied buffer; false when there is none. */
  boolean receive(ByteBuffer buffer, Map<InetAddress, Integer> nodes) {
    buffer.clear();
    mayHaveMore = mayHaveMore && take(buffer, nodes);
    return mayHaveMore;
  }

  private boolean take(ByteBuffer buffer, Map<InetAddress, Integer> nodes) {
    int from = takeFrom(buffer, nodes);
    lastSender = Math.max(from, 0);
    return from >= 0;
  }

  /** Takes a datagram; who sent it, 0 for an unknown address, less when there is none. */
  int takeFrom(ByteBuffer buffer, Map<InetAddress, Integer> nodes) {
    try {
      SocketAddress from = channel.receive(buffer);
      if (from instanceof InetSocketAddress address) {
        return node != 0 ? node : nodes.getOrDefault(address.getAddress(), 0);
      }
    } catch (PortUnreachableException e) {
      refused.set(true);
    } catch (IOException e) {
      // Linux reports some earlier failures to send here; the next wake-up goes on.
    }
    return -1;
  }

  /** Whether the system said, since this was asked last, that nobody listens at the node. */
  boolean takeRefusal() {
    return refused.get() && refused.getAndSet(false);
  }

  /** The node the socket is connected to, 0 for none. */
  int node() {
    return node;
  }

  /** The configured node that has the address the last datagram came from, 0 for none. */
  int lastSender() {
    return lastSender;
  }

  void mayHaveMore() {
    mayHaveMore = true;
  }

  boolean hasMore() {
    return mayHaveMore;
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing is left to be done with it.
    }
  }
}
