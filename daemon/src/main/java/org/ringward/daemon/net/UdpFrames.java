package org.ringward.daemon.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettings.Member;
import org.ringward.core.port.Frames;
import org.ringward.daemon.loop.DatagramSource;
import org.ringward.daemon.loop.Machine;

/**
 * The ring's datagrams as UDP unicast between the configured addresses. Used by the loop's thread
 * only, apart from {@link #wake} and the counters.
 *
 * <p>Nothing is allocated per datagram, but for the JDK's object for the sender's address when it
 * differs from that of the datagram before.
 */
public final class UdpFrames implements Frames, DatagramSource, AutoCloseable {
  private static final int RECEIVE_BUFFER_BYTES = 2 * 1024 * 1024;
  private static final int DATAGRAM_MOST_BYTES = 65_536;

  private final DatagramChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final int[] nodeIds;
  private final InetSocketAddress[] addresses;
  private final ByteBuffer incoming = ByteBuffer.allocateDirect(DATAGRAM_MOST_BYTES);
  private final ByteBuffer outgoing = ByteBuffer.allocateDirect(DATAGRAM_MOST_BYTES);
  private final byte[] datagram = new byte[DATAGRAM_MOST_BYTES];
  private final Consumer<SelectionKey> markReadable = this::ready;
  private final AtomicLong sendFailures = new AtomicLong();
  private boolean mayHaveMore = true;

  private UdpFrames(DatagramChannel channel, Selector selector, NodeSettings settings)
      throws IOException {
    this.channel = channel;
    this.selector = selector;
    this.key = channel.register(selector, SelectionKey.OP_READ);
    int count = settings.members().size();
    this.nodeIds = new int[count];
    this.addresses = new InetSocketAddress[count];
    for (int at = 0; at < count; at++) {
      Member member = settings.members().get(at);
      nodeIds[at] = member.id();
      addresses[at] = address(member, settings.totem().port());
    }
  }

  /**
   * Opens the socket of this node.
   *
   * @throws OperatorException when the address is not this machine's or the port is taken
   */
  public static UdpFrames open(NodeSettings settings) {
    InetSocketAddress own = address(settings.self(), settings.totem().port());
    boolean v6 = settings.self().address().contains(":");
    try {
      DatagramChannel channel =
          DatagramChannel.open(v6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
      channel.configureBlocking(false);
      // The system may grant less; a burst that does not fit is repeated by the protocol.
      channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
      channel.bind(own);
      return new UdpFrames(channel, Selector.open(), settings);
    } catch (BindException e) {
      throw new OperatorException(ExitCode.OS_ERROR, bindSentence(settings, e));
    } catch (IOException e) {
      String sentence = "cannot open UDP " + text(own) + ": " + e.getMessage();
      throw new OperatorException(ExitCode.OS_ERROR, sentence);
    }
  }

  private static String bindSentence(NodeSettings settings, BindException e) {
    String place = settings.self().address() + " port " + settings.totem().port();
    String reason = String.valueOf(e.getMessage());
    if (reason.contains("in use")) {
      return "UDP "
          + place
          + " is in use by another program (another daemon?); stop it or set"
          + " another totem.port on all nodes";
    }
    return "UDP "
        + place
        + " cannot be used: "
        + reason
        + "; the address of node "
        + settings.nodeName()
        + " in the node file must be an address of this machine";
  }

  private static InetSocketAddress address(Member member, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(member.address()), port);
  }

  private static String text(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + " port " + address.getPort();
  }

  @Override
  public void send(int toNode, byte[] bytes, int offset, int length) {
    int at = Arrays.binarySearch(nodeIds, toNode);
    if (at < 0 || length > DATAGRAM_MOST_BYTES) {
      sendFailures.incrementAndGet();
      return;
    }
    outgoing.clear().put(bytes, offset, length).flip();
    try {
      if (channel.send(outgoing, addresses[at]) == 0) {
        sendFailures.incrementAndGet();
      }
    } catch (IOException e) {
      // No route, interface down, refused by a filter: the same as a lost datagram.
      sendFailures.incrementAndGet();
    }
  }

  /** Datagrams that the system did not take. Any thread may ask. */
  public long sendFailures() {
    return sendFailures.get();
  }

  @Override
  public int receive(Machine machine, int most) {
    int count = 0;
    while (mayHaveMore && count < most) {
      incoming.clear();
      try {
        if (channel.receive(incoming) == null) {
          mayHaveMore = false;
          break;
        }
      } catch (IOException e) {
        // Linux reports some earlier failures to send here; the next wake-up goes on.
        sendFailures.incrementAndGet();
        mayHaveMore = false;
        break;
      }
      int length = incoming.flip().remaining();
      incoming.get(datagram, 0, length);
      machine.received(datagram, 0, length, System.nanoTime());
      count++;
    }
    return count;
  }

  private void ready(SelectionKey ready) {
    mayHaveMore = ready.isReadable();
  }

  @Override
  public void await(long millis) {
    try {
      if (millis == 0 || mayHaveMore) {
        selector.selectNow(markReadable);
      } else {
        selector.select(markReadable, millis);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("waiting for datagrams failed", e);
    }
  }

  @Override
  public void wake() {
    selector.wakeup();
  }

  @Override
  public void close() throws IOException {
    key.cancel();
    channel.close();
    selector.close();
  }
}
