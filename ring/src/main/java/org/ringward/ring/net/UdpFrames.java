package org.ringward.ring.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.LinkSettings;
import org.ringward.core.config.LinkSettings.Interface;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.port.Frames;
import org.ringward.ring.loop.Datagram;
import org.ringward.ring.loop.Machine;
import org.ringward.ring.loop.SharedDatagrams;

/**
 * The ring's datagrams over UDP. Used by the loop's thread only, apart from {@link #wake}, {@link
 * #takeAside} and the counters; two threads may send if never both at a time.
 *
 * <p>Nothing is allocated per datagram, but for the JDK's object for the sender's address when it
 * differs from that of the datagram before.
 */
public final class UdpFrames implements Frames, SharedDatagrams, AutoCloseable {
  private static final int DATAGRAM_MOST_BYTES = 65_536;

  private final Selector selector;

  /** Replaced as a whole: another thread may go through it while links come and go. */
  private volatile List<UdpLink> links = List.of();

  private final UdpLink[] byNumber = new UdpLink[LinkSettings.LINKS_MOST];
  private final ByteBuffer incoming = ByteBuffer.allocateDirect(DATAGRAM_MOST_BYTES);
  private final ByteBuffer outgoing = ByteBuffer.allocateDirect(DATAGRAM_MOST_BYTES);
  private final byte[] datagram = new byte[DATAGRAM_MOST_BYTES];
  private final Consumer<SelectionKey> markReadable = UdpFrames::ready;
  private final AtomicLong sendFailures = new AtomicLong();

  private UdpFrames(Selector selector, NodeSettings settings) {
    this.selector = selector;
    move(settings);
  }

  /**
   * Opens the sockets of this node.
   *
   * @throws OperatorException when an address is not this machine's or a port is taken
   */
  public static UdpFrames open(NodeSettings settings) {
    try {
      return new UdpFrames(Selector.open(), settings);
    } catch (IOException e) {
      throw new UncheckedIOException("no selector for sockets", e);
    }
  }

  /**
   * Opens sockets for links that are new and closes those of links that are gone; the others stay
   * as they are. For the loop's thread.
   *
   * @throws OperatorException when an address is not this machine's or a port is taken; no socket
   *     has changed then
   */
  public void move(NodeSettings settings) {
    List<UdpLink> before = links;
    List<UdpLink> after = new ArrayList<>();
    List<UdpLink> opened = new ArrayList<>();
    try {
      for (int at = 0; at < settings.links().interfaces().size(); at++) {
        Interface each = settings.links().interfaces().get(at);
        UdpLink link = byNumber[each.number()];
        if (link == null) {
          link = UdpLink.open(settings, each, at);
          opened.add(link);
          link.register(selector);
        }
        after.add(link);
      }
    } catch (OperatorException e) {
      opened.forEach(UdpLink::close);
      throw e;
    }
    links = List.copyOf(after);
    Arrays.fill(byNumber, null);
    after.forEach(link -> byNumber[link.number()] = link);
    before.stream().filter(link -> !after.contains(link)).forEach(UdpLink::close);
  }

  @Override
  public void send(int link, int toNode, byte[] bytes, int offset, int length) {
    UdpLink way = byNumber[link];
    if (length > DATAGRAM_MOST_BYTES || way == null) {
      sendFailures.incrementAndGet();
      return;
    }
    outgoing.clear().put(bytes, offset, length).flip();
    if (!way.send(toNode, outgoing)) {
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
    List<UdpLink> now = links;
    for (int at = 0; at < now.size(); at++) {
      count += receive(now.get(at), machine, most - count);
      now.get(at).tellRefusals(machine);
    }
    return count;
  }

  private int receive(UdpLink link, Machine machine, int most) {
    int count = 0;
    while (count < most && link.receive(incoming)) {
      int length = incoming.flip().remaining();
      incoming.get(datagram, 0, length);
      machine.received(link.number(), link.lastSender(), datagram, 0, length, System.nanoTime());
      count++;
    }
    return count;
  }

  @Override
  public boolean takeAside(Datagram target) {
    for (UdpLink link : links) {
      if (link.receiveAside(target)) {
        return true;
      }
    }
    return false;
  }

  private static void ready(SelectionKey ready) {
    if (ready.attachment() instanceof UdpSocket socket && ready.isReadable()) {
      socket.mayHaveMore();
    }
  }

  @Override
  public void await(long millis) {
    try {
      if (millis == 0 || anyMayHaveMore()) {
        selector.selectNow(markReadable);
      } else {
        selector.select(markReadable, millis);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("waiting for datagrams failed", e);
    }
  }

  private boolean anyMayHaveMore() {
    List<UdpLink> now = links;
    for (int at = 0; at < now.size(); at++) {
      if (now.get(at).hasMore()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void wake() {
    selector.wakeup();
  }

  @Override
  public void close() throws IOException {
    links.forEach(UdpLink::close);
    selector.close();
  }
}
