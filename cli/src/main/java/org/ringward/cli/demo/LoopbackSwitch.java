package org.ringward.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A network of machines on loopback addresses: in network N node A reaches node B at
 * 127.N.A.(10+B), where this switch listens and passes every datagram on to B's real address
 * 127.N.0.(10+B), from the address by which B reaches A, as nodes take nothing from strangers. So a
 * cable can be pulled without root.
 */
final class LoopbackSwitch implements AutoCloseable {
  private static final int DATAGRAM_BYTES_MAX = 65_536;

  private final int network;
  private final int port;
  private final Selector selector;
  private final DatagramChannel[][] channels;
  private final Set<Integer> cut = ConcurrentHashMap.newKeySet();
  private final AtomicLong lost = new AtomicLong();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(DATAGRAM_BYTES_MAX);

  /** Connects the nodes 1 to count; the port must be free at all the network's addresses. */
  LoopbackSwitch(int network, int count, int port) throws IOException {
    this.network = network;
    this.port = port;
    this.selector = Selector.open();
    this.channels = new DatagramChannel[count + 1][count + 1];
    for (int from = 1; from <= count; from++) {
      for (int to = 1; to <= count; to++) {
        if (from != to) {
          listen(from, to);
        }
      }
    }
    Thread.ofPlatform().daemon().name("loopback-switch").start(this::forward);
  }

  private void listen(int from, int to) throws IOException {
    DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
    try {
      channel.configureBlocking(false);
      channel.bind(new InetSocketAddress(address(network, from, to), port));
      InetSocketAddress real = new InetSocketAddress(address(network, to, to), port);
      channel.register(selector, SelectionKey.OP_READ, new Path(from, to, real));
      channels[from][to] = channel;
    } catch (IOException exception) {
      channel.close();
      close();
      throw exception;
    }
  }

  /** The address by which one node reaches another, or itself. */
  static String address(int network, int from, int to) {
    return "127." + network + "." + (from == to ? 0 : from) + "." + (10 + to);
  }

  /** Pulls the cable of a node: nothing from it and nothing to it is passed on. */
  void cut(int node) {
    cut.add(node);
  }

  void mend(int node) {
    cut.remove(node);
  }

  /** Datagrams that were sent where a cable was pulled. */
  long lost() {
    return lost.get();
  }

  private void forward() {
    try {
      while (selector.isOpen()) {
        selector.select(this::pass);
      }
    } catch (IOException | java.nio.channels.ClosedSelectorException _) {
      // closed: the demo ends
    }
  }

  private void pass(SelectionKey key) {
    Path path = (Path) key.attachment();
    DatagramChannel channel = (DatagramChannel) key.channel();
    try {
      buffer.clear();
      while (channel.receive(buffer) != null) {
        buffer.flip();
        if (!cut.contains(path.from()) && !cut.contains(path.to())) {
          channels[path.to()][path.from()].send(buffer, path.real());
        } else {
          lost.incrementAndGet();
        }
        buffer.clear();
      }
    } catch (IOException _) {
      // nobody listens at the other end: as on a real network the datagram is lost
    }
  }

  /**
   * @param real the address of the node it leads to
   */
  private record Path(int from, int to, InetSocketAddress real) {}

  @Override
  public void close() {
    try {
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      selector.close();
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }
}
