package org.ringward.ring.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.ringward.core.group.ClosedProcessGroups;
import org.ringward.ring.RingException;
import org.ringward.ring.os.TimeSlice;
import org.ringward.ring.queue.ByteQueue;
import org.ringward.ring.queue.FrameQueue;
import org.ringward.ring.queue.LittleEndian;

/**
 * A client's end of the socket. Whoever sends writes at once when nothing has been written for a
 * moment, so that a single message does not wait for another thread; in a flood the client's thread
 * writes what has gathered, many messages with one call.
 */
final class ClientWire {
  private static final int PART = 256 * 1024;

  /** Who sends sooner after a write leaves the next one to the client's thread. */
  private static final long FLOOD_NANOS = 50_000;

  private static final long CLOSE_MILLIS = 2000;
  private static final int FRAME_MOST =
      LocalFrame.DELIVERED_BYTES + ClosedProcessGroups.MESSAGE_MAX;

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final Sink sink;
  private final End end;
  private final Thread thread = new Thread(this::run, "ringward-client");
  private final FrameQueue queue = new FrameQueue();

  /** Held by the one that writes. */
  private final ReentrantLock writing = new ReentrantLock();

  private final ByteBuffer outgoing = ByteBuffer.allocateDirect(PART);
  private volatile long lastWrite;
  private volatile boolean full;

  private final ByteBuffer incoming = ByteBuffer.allocateDirect(PART);
  private final ByteQueue in = new ByteQueue(ByteQueue.Allowance.ALL);
  private volatile boolean asleep;
  private volatile boolean closed;
  private volatile @Nullable String endReason;

  /** Takes frames, in the client's thread. */
  interface Sink {
    void frame(int kind, int number, byte[] bytes, int offset, int length);
  }

  /** Is told that the connection is over, in the client's thread; once. */
  interface End {
    void ended(String reason);
  }

  ClientWire(SocketChannel channel, Sink sink, End end) throws IOException {
    this.channel = channel;
    this.sink = sink;
    this.end = end;
    channel.configureBlocking(false);
    selector = Selector.open();
    key = channel.register(selector, SelectionKey.OP_READ);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  boolean isOwnThread() {
    return Thread.currentThread().equals(thread);
  }

  void checkMayWait() {
    if (isOwnThread()) {
      throw new IllegalStateException("this may wait, which a listener must not");
    }
  }

  /** Why the connection is over, null while it is not. */
  @Nullable String endReason() {
    return endReason;
  }

  // ---- any thread ----

  /** Sends a frame for which there is always room; false when the connection is over. */
  boolean send(int kind, int number, byte[] bytes) {
    return added(queue.addAnyway(kind, number, bytes));
  }

  boolean send(int number, byte[] bytes, int offset, int length, long nanos)
      throws InterruptedException {
    return message(queue.add(LocalFrame.SEND, number, bytes, offset, length, nanos));
  }

  boolean trySend(int number, byte[] bytes, int offset, int length) {
    return message(queue.tryAdd(LocalFrame.SEND, number, bytes, offset, length));
  }

  private boolean message(boolean added) {
    String reason = queue.closedReason();
    if (!added && reason != null) {
      throw new RingException(reason);
    }
    return added(added);
  }

  private boolean added(boolean added) {
    if (!added || full) {
      return added;
    }
    if (System.nanoTime() - lastWrite > FLOOD_NANOS && writing.tryLock()) {
      try {
        drain();
      } catch (IOException e) {
        // The client's thread finds the same.
        full = true;
      } finally {
        writing.unlock();
      }
    }
    wakeIfAsleep();
    return true;
  }

  /**
   * Whoever adds after the thread said that it sleeps wakes it; it looks itself after saying so.
   */
  private void wakeIfAsleep() {
    if (asleep && (full || queue.mayHaveNext())) {
      asleep = false;
      selector.wakeup();
    }
  }

  /** Writes all that waits, as far as the system takes it. */
  private void drain() throws IOException {
    boolean taken = true;
    while (taken && queue.hasNext()) {
      int part = Math.min(queue.available(), PART);
      outgoing.clear().put(queue.bytes(), queue.from(), part).flip();
      int count = channel.write(outgoing);
      queue.advance(count);
      taken = count == part;
    }
    full = !taken;
    lastWrite = System.nanoTime();
  }

  // ---- the client's thread ----

  private void run() {
    String reason = "this client is closed";
    TimeSlice.ask(TimeSlice.SHORT_NANOS);
    try {
      while (!closed) {
        turn();
      }
    } catch (HungUp e) {
      reason = String.valueOf(e.getMessage());
    } catch (IOException e) {
      reason = "the connection to the ring's process is lost: " + e.getMessage();
    } catch (Throwable e) {
      reason = "a listener failed: " + e;
    }
    finish(reason);
  }

  private void turn() throws IOException {
    key.interestOps(full ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    asleep = true;
    if (!closed && (full || !queue.mayHaveNext())) {
      selector.select();
    } else {
      selector.selectNow();
    }
    asleep = false;
    selector.selectedKeys().clear();
    write();
    read();
  }

  private void write() throws IOException {
    writing.lock();
    try {
      drain();
    } finally {
      writing.unlock();
    }
  }

  private void read() throws IOException {
    int count = channel.read(incoming.clear());
    if (count < 0) {
      throw new HungUp("the ring's process has hung up");
    }
    if (count > 0) {
      in.reserve(count);
      incoming.flip().get(in.bytes(), in.until(), count);
      in.added(count);
      hand();
    }
  }

  /** Hands on whole frames. */
  private void hand() throws HungUp {
    while (in.size() >= LocalFrame.HEAD) {
      byte[] bytes = in.bytes();
      int at = in.from();
      int length = LittleEndian.getInt(bytes, at);
      if (length < LocalFrame.HEAD || length > FRAME_MOST) {
        throw new HungUp("the ring's process does not speak the protocol");
      }
      if (in.size() < length) {
        return;
      }
      int kind = LittleEndian.getInt(bytes, at + LocalFrame.KIND);
      int content = at + LocalFrame.HEAD;
      if (kind == LocalFrame.ENDED) {
        throw new HungUp(new String(bytes, content, length - LocalFrame.HEAD, UTF_8));
      }
      int number = LittleEndian.getInt(bytes, at + LocalFrame.NUMBER);
      try {
        sink.frame(kind, number, bytes, content, length - LocalFrame.HEAD);
      } catch (BufferUnderflowException e) {
        throw new HungUp("the ring's process does not speak the protocol");
      }
      in.remove(length);
    }
  }

  private static final class HungUp extends IOException {
    private static final long serialVersionUID = 1;

    HungUp(String reason) {
      super(reason);
    }
  }

  private void finish(String reason) {
    endReason = reason;
    queue.close(reason);
    try {
      selector.close();
      channel.close();
    } catch (IOException e) {
      // Nobody can do anything about it.
    }
    end.ended(reason);
  }

  /**
   * Ends the connection and the thread; waits for its end, but not for a listener that is stuck.
   */
  void close() {
    closed = true;
    selector.wakeup();
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
