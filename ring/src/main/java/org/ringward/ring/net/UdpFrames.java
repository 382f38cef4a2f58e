package org.ringward.ring.net;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.LinkSettings;
import org.ringward.core.config.LinkSettings.Interface;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.port.Frames;
import org.ringward.ring.loop.Datagram;
import org.ringward.ring.loop.Descriptors;
import org.ringward.ring.loop.Machine;
import org.ringward.ring.loop.SharedDatagrams;
import org.ringward.ring.net.Refusals.Refusal;

/**
 * The ring's datagrams over UDP, one socket for each link, by Linux's own calls: many with one
 * call, and with the errors that come back for them. Used by the loop's thread only, apart from
 * {@link #wake}, {@link #takeAside}, {@link #flush}, the counters, and sending, which any thread
 * may do. Nothing is allocated per datagram.
 *
 * <p>What is sent may wait for {@link #flush}, {@link #receive} or {@link #await}, whichever comes
 * first.
 */
public final class UdpFrames implements Frames, SharedDatagrams, AutoCloseable {
  /** The longest datagram that is sent; UDP's limit is a bit lower. */
  static final int DATAGRAM_MOST_BYTES = 65_536;

  private final PollSet polls = new PollSet();
  private final WakeUp wakeUp = new WakeUp();
  private final SocketCounts counts = new SocketCounts();
  private final ErrorQueue errors = new ErrorQueue(counts);
  private final Datagram incoming = new Datagram();

  /** Two locks, never held while the machine runs: for what is sent and for what is received. */
  private final Object sending = new Object();

  private final @Nullable SendQueue[] queues = new SendQueue[LinkSettings.LINKS_MOST];
  private volatile boolean somethingToSend;

  private final Object receiving = new Object();
  private final Batch batch = new Batch();
  private int lastSocket;
  private volatile boolean leftOver;

  /** Replaced as a whole: other threads may go through it while links come and go. */
  private volatile UdpLink[] links = {};

  /** Of all links. */
  private volatile UdpSocket[] sockets = {};

  /** Changed by the loop's thread; others count only. */
  private final List<PeerConnections> connections = new CopyOnWriteArrayList<>();

  private final List<String> remarks = new ArrayList<>();
  private boolean closed;

  private UdpFrames() {}

  /**
   * Opens the sockets of this node.
   *
   * @throws OperatorException when an address is not this machine's or a port is taken
   */
  public static UdpFrames open(NodeSettings settings) {
    UdpFrames frames = new UdpFrames();
    try {
      frames.move(settings);
      return frames;
    } catch (OperatorException e) {
      frames.close();
      throw e;
    }
  }

  /**
   * Opens sockets for links that are new, or where this node has another address, and closes those
   * of links that are gone; the others get the addresses of the nodes as they are now. For the
   * loop's thread.
   *
   * @throws OperatorException when an address is not this machine's or a port is taken; no socket
   *     has changed then
   */
  public void move(NodeSettings settings) {
    List<UdpLink> opened = new ArrayList<>();
    List<UdpLink> after = new ArrayList<>();
    try {
      for (int at = 0; at < settings.links().interfaces().size(); at++) {
        Interface each = settings.links().interfaces().get(at);
        UdpLink link = link(each.number());
        if (link == null || !link.isAt(settings.self().addresses().get(at))) {
          link = UdpLink.open(settings, each, at, remarks);
          opened.add(link);
        }
        after.add(link);
      }
    } catch (OperatorException e) {
      opened.forEach(UdpLink::close);
      throw e;
    }
    flush();
    synchronized (sending) {
      synchronized (receiving) {
        replace(after, settings);
      }
    }
    preparePolling();
    reconnect(settings.self().id());
  }

  private void reconnect(int self) {
    List<UdpLink> now = List.of(links);
    connections.removeIf(each -> {
      boolean gone = !now.contains(each.link());
      if (gone) {
        each.close();
      }
      return gone;
    });
    connections.forEach(PeerConnections::readdress);
    for (UdpLink link : now) {
      if (connections.stream().noneMatch(each -> each.link() == link)) {
        connections.add(PeerConnections.open(link, self, polls, counts, remarks));
      }
    }
  }

  private void replace(List<UdpLink> after, NodeSettings settings) {
    List<UdpLink> gone = new ArrayList<>(List.of(links));
    gone.removeAll(after);
    gone.forEach(UdpLink::close);
    Arrays.fill(queues, null);
    for (int at = 0; at < after.size(); at++) {
      UdpLink link = after.get(at);
      link.readdress(settings, at);
      queues[link.number()] = new SendQueue(link, link.socket()::send, errors, counts);
    }
    links = after.toArray(UdpLink[]::new);
    sockets =
        after.stream()
            .flatMap(link -> Stream.of(link.socket(), link.groupSocket()))
            .filter(Objects::nonNull)
            .toArray(UdpSocket[]::new);
  }

  private @Nullable UdpLink link(int number) {
    for (UdpLink each : links) {
      if (each.number() == number) {
        return each;
      }
    }
    return null;
  }

  private void preparePolling() {
    int[] descriptors = new int[1 + sockets.length];
    Arrays.setAll(descriptors, at -> at == 0 ? wakeUp.descriptor() : sockets[at - 1].descriptor());
    polls.own(descriptors);
  }

  @Override
  public void send(int link, int toNode, byte[] bytes, int offset, int length) {
    sendSegments(link, toNode, bytes, offset, Math.max(1, length), length);
  }

  @Override
  public void sendSegments(
      int link, int toNode, byte[] bytes, int offset, int segment, int length) {
    synchronized (sending) {
      SendQueue queue = queues[link];
      if (queue == null) {
        counts.sendFailures.incrementAndGet();
      } else {
        queue.add(toNode, bytes, offset, segment, length);
        somethingToSend = true;
      }
    }
  }

  @Override
  public void flush() {
    if (!somethingToSend) {
      return;
    }
    synchronized (sending) {
      somethingToSend = false;
      for (SendQueue queue : queues) {
        if (queue != null) {
          queue.flush();
        }
      }
    }
  }

  @Override
  public int receive(Machine machine, int most) {
    flush();
    tellRefusals(machine);
    int count = 0;
    while (count < most && next(incoming, false)) {
      machine.received(
          incoming.link(),
          incoming.fromNode(),
          incoming.bytes(),
          0,
          incoming.length(),
          System.nanoTime());
      flush();
      count++;
    }
    counts.received.addAndGet(count);
    return count;
  }

  private void tellRefusals(Machine machine) {
    for (int at = 0; at < connections.size(); at++) {
      connections.get(at).renew(machine);
    }
    for (UdpLink link : links) {
      while (link.refusals().any()) {
        Refusal refusal = link.refusals().take();
        if (refusal != null && !refusal.isOlderThan(machine.partedAt(refusal.node()))) {
          machine.refused(link.number(), refusal.node(), System.nanoTime());
        }
      }
    }
  }

  @Override
  public boolean takeAside(Datagram target) {
    return next(target, true);
  }

  /**
   * The next datagram, in order; the sockets take turns.
   *
   * @param look whether to look at all sockets, not only where poll found something
   */
  private boolean next(Datagram target, boolean look) {
    synchronized (receiving) {
      if (batch.next(target)) {
        return true;
      }
      UdpSocket[] now = sockets;
      for (int count = 0; count < now.length && !closed; count++) {
        lastSocket = lastSocket + 1 < now.length ? lastSocket + 1 : 0;
        UdpSocket socket = now[lastSocket];
        if ((look || socket.mayHaveMore()) && fill(socket) && batch.next(target)) {
          leftOver = true;
          return true;
        }
      }
      leftOver = false;
      return false;
    }
  }

  private boolean fill(UdpSocket socket) {
    counts.receiveCalls.incrementAndGet();
    int result = batch.fill(socket);
    if (result < 0 && result != -Linux.EAGAIN) {
      // Told instead of a datagram, of one that was sent earlier.
      errors.drain(socket);
      result = batch.fill(socket);
    }
    socket.mayHaveMore(batch.isFull());
    return result > 0;
  }

  @Override
  public void await(long nanos) {
    flush();
    if (!connections.isEmpty()) {
      long now = System.nanoTime();
      for (int at = 0; at < connections.size(); at++) {
        connections.get(at).turn(now);
      }
    }
    long wait = hasWork() || !wakeUp.goToSleep() ? 0 : nanos;
    int result = polls.poll(wait);
    wakeUp.awake(result > 0 && polls.found(0) != 0);
    if (result > 0) {
      for (int at = 0; at < sockets.length; at++) {
        found(sockets[at], polls.found(at + 1));
      }
      polls.tell();
    } else if (result < 0 && result != -Linux.EINTR) {
      throw new IllegalStateException(
          "waiting for datagrams failed: " + SocketFailure.reason(result));
    }
  }

  private boolean hasWork() {
    if (leftOver) {
      return true;
    }
    for (UdpSocket socket : sockets) {
      if (socket.mayHaveMore()) {
        return true;
      }
    }
    for (UdpLink link : links) {
      if (link.refusals().any()) {
        return true;
      }
    }
    return false;
  }

  private void found(UdpSocket socket, short events) {
    if ((events & Linux.POLLERR) != 0) {
      errors.drain(socket);
    }
    if ((events & Linux.POLLIN) != 0) {
      socket.mayHaveMore(true);
    }
  }

  /** What else {@link #await} waits for. */
  public Descriptors descriptors() {
    return polls;
  }

  @Override
  public void wake() {
    wakeUp.wake();
  }

  /** Sentences for the log about the sockets opened since the last call: what was not granted. */
  public List<String> remarks() {
    List<String> told = List.copyOf(remarks);
    remarks.clear();
    return told;
  }

  @Override
  public void report(SortedMap<String, Long> report) {
    counts.report(report);
    long overflows = Arrays.stream(sockets).mapToLong(UdpSocket::overflows).sum();
    report.put("udp-receive-overflows", overflows);
    long standing = connections.stream().mapToLong(PeerConnections::standing).sum();
    report.put("tcp-connections-of-nodes", standing);
  }

  /** Closes all sockets; nothing is sent or received from then on. */
  @Override
  public void close() {
    synchronized (sending) {
      synchronized (receiving) {
        if (closed) {
          return;
        }
        flush();
        connections.forEach(PeerConnections::close);
        connections.clear();
        closed = true;
        Arrays.fill(queues, null);
        for (UdpLink link : links) {
          link.close();
        }
        links = new UdpLink[0];
        sockets = new UdpSocket[0];
        wakeUp.close();
      }
    }
  }
}
