package org.ringward.client;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.ringward.client.LeaseListener.LeftOver;
import org.ringward.client.LeaseListener.PeerChange;

/**
 * A program's connection to the Ringward daemon of its machine, over which it shares resources with
 * programs on other machines, and talks with them in groups (docs/leases.md). Three threads of its
 * own: one reads and calls listeners, one writes, one renews.
 */
public final class LeaseClient implements AutoCloseable {
  /** Where the daemon serves leases unless its node file says otherwise. */
  public static final Path DEFAULT_SOCKET = Path.of("/run/ringward/lease.sock");

  /** Renewals in the time of a lease, so that some may be late. */
  private static final int RENEWALS = 5;

  private static final long HELLO_SECONDS = 5;

  /** Of a program that says this much and a daemon that takes nothing, one must be broken. */
  private static final int UNSENT_MOST = 100_000;

  private static final PeerChange[] CHANGES = PeerChange.values();

  private final SocketChannel channel;
  private final Map<Integer, LeaseHandle> handles = new ConcurrentHashMap<>();
  private final Map<Integer, GroupHandle> groups = new ConcurrentHashMap<>();
  private final Map<Integer, Long> periods = new ConcurrentHashMap<>();
  private final AtomicInteger lastNumber = new AtomicInteger();
  private final CountDownLatch welcome = new CountDownLatch(1);
  private final Thread reader = new Thread(this::read, "ringward-lease");
  private final Thread writer = new Thread(this::write, "ringward-write");
  private final Thread renewer = new Thread(this::renew, "ringward-renew");

  /** What waits for the writer; also the lock of the two numbers below. */
  private final Deque<ByteBuffer> unsent = new ArrayDeque<>();

  private long queued;
  private long written;
  private volatile String node = "";
  private volatile @Nullable String ended;

  private LeaseClient(SocketChannel channel) {
    this.channel = channel;
    reader.setDaemon(true);
    writer.setDaemon(true);
    renewer.setDaemon(true);
  }

  /** Connects to the daemon at its usual place. */
  public static LeaseClient connect() {
    return connect(DEFAULT_SOCKET);
  }

  /**
   * Connects to a daemon.
   *
   * @throws LeaseException when it cannot be reached or refuses
   */
  public static LeaseClient connect(Path socket) {
    SocketChannel channel;
    try {
      channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    } catch (IOException | IllegalArgumentException e) {
      throw new LeaseException(
          "no Ringward daemon serves leases at " + socket + ": " + e.getMessage());
    }
    LeaseClient client = new LeaseClient(channel);
    client.reader.start();
    client.writer.start();
    client.send(Frames.hello());
    client.awaitWelcome();
    client.renewer.start();
    return client;
  }

  private void awaitWelcome() {
    try {
      boolean answered = welcome.await(HELLO_SECONDS, TimeUnit.SECONDS);
      String reason = answered ? ended : "the daemon does not answer";
      if (reason != null) {
        close();
        throw new LeaseException(reason);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new LeaseException("interrupted");
    }
  }

  /** Name of the node this program is on. */
  public String node() {
    return node;
  }

  /**
   * Asks for a resource; returns at once. The listener, or {@link LeaseHandle#awaitHeld}, tells
   * when it is held.
   *
   * @param lease how long it may be used after the node was last confirmed: 1 s to 1 min. After a
   *     loss of the whole node others wait a little longer than that, unless something proves
   *     sooner that the node is down
   * @param listener hears what becomes of it
   */
  public LeaseHandle open(String resource, Mode mode, Duration lease, LeaseListener listener) {
    return open(resource, mode, lease, Duration.ZERO, listener);
  }

  /**
   * The same.
   *
   * @param stop how long before its end a loss is told, at most half of the lease; zero for a
   *     quarter of it
   */
  public LeaseHandle open(
      String resource, Mode mode, Duration lease, Duration stop, LeaseListener listener) {
    int number = lastNumber.incrementAndGet();
    LeaseHandle handle = new LeaseHandle(this, number, resource, listener);
    handles.put(number, handle);
    long stopMillis = stop.isZero() ? lease.toMillis() / 4 : stop.toMillis();
    periods.put(number, Math.max(1, (lease.toMillis() - stopMillis) / RENEWALS));
    send(Frames.open(number, resource, mode, lease.toMillis(), stop.toMillis()));
    return handle;
  }

  /**
   * Asks to lead among all programs of the cluster that ask for the same name; returns at once.
   * Whoever holds the exclusive lease of that name leads, so {@code ringward lease run NAME} is a
   * candidate like any other.
   *
   * @param lease how long it may lead after its node was last confirmed: 1 s to 1 min
   */
  public Election elect(String name, Duration lease, ElectionListener listener) {
    return new Election(this, name, lease, listener);
  }

  /**
   * Asks to be in a group; returns at once. The listener hears its messages and members.
   *
   * @param group 1 to 128 letters, digits and . _ : / @ + -
   */
  public GroupHandle join(String group, GroupListener listener) {
    return join(group, listener, false);
  }

  /** The same for a program that takes messages by {@link GroupHandle#take} when it likes. */
  public GroupHandle join(String group) {
    return join(group, new GroupListener() {}, true);
  }

  private GroupHandle join(String group, GroupListener listener, boolean keeps) {
    GroupHandle handle =
        new GroupHandle(this, lastNumber.incrementAndGet(), group, listener, keeps);
    groups.put(handle.number(), handle);
    send(Frames.text(Frames.JOIN, handle.number(), group));
    return handle;
  }

  /** Why the connection is over, null while it is not. */
  public @Nullable String ended() {
    return ended;
  }

  /**
   * Hangs up. What is still held is not given to others before its lease has run out: release it
   * first.
   */
  @Override
  public void close() {
    end("the client is closed");
  }

  void released(LeaseHandle handle, boolean inOrder) {
    periods.remove(handle.number());
    if (handles.remove(handle.number()) != null) {
      send(Frames.release(handle.number(), inOrder));
    }
  }

  /** Whether this is the thread that calls listeners, which must wait for nothing. */
  boolean isReader() {
    return Thread.currentThread().equals(reader);
  }

  /** Sends a frame; it is on its way when this returns, unless a listener sends it. */
  void send(ByteBuffer frame) {
    long ticket = enqueue(frame);
    if (isReader()) {
      return;
    }
    synchronized (unsent) {
      while (written < ticket && ended == null) {
        try {
          unsent.wait();
        } catch (InterruptedException e) {
          // It is written all the same.
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  /** The same without waiting: its number. */
  long enqueue(ByteBuffer frame) {
    synchronized (unsent) {
      if (unsent.size() < UNSENT_MOST) {
        unsent.add(frame);
        unsent.notifyAll();
        return ++queued;
      }
    }
    end("the daemon takes nothing");
    return 0;
  }

  // ---- the thread that writes

  private void write() {
    try {
      while (ended == null) {
        ByteBuffer frame = nextUnsent();
        while (frame.hasRemaining()) {
          channel.write(frame);
        }
        synchronized (unsent) {
          written++;
          unsent.notifyAll();
        }
      }
    } catch (IOException e) {
      end("the connection to the daemon is lost: " + e.getMessage());
    } catch (InterruptedException e) {
      // The client is closed.
    }
  }

  private ByteBuffer nextUnsent() throws InterruptedException {
    synchronized (unsent) {
      while (unsent.isEmpty()) {
        unsent.wait();
      }
      return unsent.removeFirst();
    }
  }

  private void end(String why) {
    synchronized (this) {
      if (ended != null) {
        return;
      }
      ended = why;
    }
    try {
      channel.close();
    } catch (IOException e) {
      // It is over all the same.
    }
    welcome.countDown();
    renewer.interrupt();
    writer.interrupt();
    synchronized (unsent) {
      unsent.notifyAll();
    }
    for (LeaseHandle handle : List.copyOf(handles.values())) {
      boolean wasOpen = handle.over() == null;
      long until = handle.expiryNanos();
      handle.end(why);
      if (wasOpen) {
        handle.listener().lost(until, why);
      }
    }
    handles.clear();
    List.copyOf(groups.values()).forEach(each -> each.end(why));
    groups.clear();
  }

  // ---- the thread that renews

  private void renew() {
    while (ended == null) {
      long period = 200;
      for (LeaseHandle handle : handles.values()) {
        if (handle.isHeld()) {
          period = Math.min(period, periods.getOrDefault(handle.number(), period));
          send(Frames.empty(Frames.RENEW, handle.number()));
        }
      }
      try {
        Thread.sleep(period);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  // ---- the thread that reads

  private void read() {
    ByteBuffer in = ByteBuffer.allocate(2 * Frames.LONGEST).order(ByteOrder.LITTLE_ENDIAN);
    try {
      while (channel.read(in) >= 0) {
        in.flip();
        while (in.remaining() >= Frames.HEAD) {
          int length = in.getInt(in.position());
          if (length < Frames.HEAD || length > Frames.LONGEST) {
            end("the daemon does not speak the protocol");
            return;
          }
          if (in.remaining() < length) {
            break;
          }
          frame(in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN));
          in.position(in.position() + length);
        }
        in.compact();
      }
      end("the daemon has hung up");
    } catch (IOException e) {
      end("the connection to the daemon is lost: " + e.getMessage());
    } catch (BufferUnderflowException | NegativeArraySizeException e) {
      end("the daemon does not speak the protocol");
    } catch (RuntimeException e) {
      end("a listener failed: " + e);
    }
  }

  private void frame(ByteBuffer frame) {
    frame.getInt();
    int kind = frame.getInt();
    int number = frame.getInt();
    if (kind == Frames.WELCOME) {
      frame.getInt();
      node = Frames.rest(frame);
      welcome.countDown();
    } else if (kind == Frames.ENDED) {
      end(Frames.rest(frame));
    } else {
      LeaseHandle handle = handles.get(number);
      GroupHandle group = groups.get(number);
      if (handle != null) {
        tell(handle, kind, frame);
      } else if (group != null && group.told(kind, frame)) {
        groups.remove(number);
      }
    }
  }

  private void tell(LeaseHandle handle, int kind, ByteBuffer content) {
    LeaseListener listener = handle.listener();
    switch (kind) {
      case Frames.WAITING -> listener.waiting(Frames.rest(content));
      case Frames.HELD -> {
        long token = content.getLong();
        if (handle.held(token, content.getLong())) {
          listener.held(token);
        }
      }
      case Frames.PEER -> {
        int change = content.getInt() - 1;
        long token = content.getLong();
        if (change >= 0 && change < CHANGES.length) {
          listener.peer(CHANGES[change], Frames.rest(content), token);
        }
      }
      case Frames.SUSPEND -> {
        long token = content.getLong();
        listener.suspend(Frames.rest(content), token);
      }
      case Frames.RECOVER -> recover(handle, content);
      case Frames.RESUME -> listener.resume();
      case Frames.READS -> handle.reads();
      case Frames.LOST -> {
        long until = content.getLong();
        String why = Frames.rest(content);
        handle.end(why);
        listener.lost(until, why);
      }
      case Frames.REFUSED -> {
        if (handle.token() == 0) {
          String why = Frames.rest(content);
          handle.end(why);
          handles.remove(handle.number());
          listener.lost(System.nanoTime(), why);
        }
      }
      default -> {
        // A word of a later version, or one that needs no answer.
      }
    }
  }

  private static void recover(LeaseHandle handle, ByteBuffer content) {
    boolean yours = content.getInt() != 0;
    long token = content.getLong();
    long wallMillis = content.getLong();
    String node = Frames.text(content);
    String author = Frames.text(content);
    LeftOver left = new LeftOver(node, token, Frames.text(content), author, wallMillis);
    handle.left(yours, left);
    handle.listener().recover(yours, left);
  }
}
