package org.ringward.ring.loop;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.ringward.core.link.Transport;

/**
 * Answers other nodes' questions (PINGs, sizes of packets) while the loop is busy with something
 * long, so that they do not take this node's links for dead: a thread that looks after the loop's
 * datagrams only when the loop has not come to them for some time. What is no question it keeps for
 * the loop, in order.
 */
public final class Attendant implements DatagramSource, AutoCloseable {
  /** The thread's name. */
  public static final String THREAD = "ringward-links";

  private static final long BUSY_NANOS = 100_000_000;

  /** Between two looks: each is work for a node that has nothing to do. */
  private static final long LOOK_LEAST_NANOS = 50_000_000;

  private static final long LOOK_MOST_NANOS = 250_000_000;

  /** Part of the time others wait for an answer; with {@link #BUSY_NANOS} less than the half. */
  private static final int LOOK_PART = 4;

  /**
   * Bytes that are kept for the loop; then datagrams wait, or get lost, in the system's buffers.
   */
  private static final long KEPT_MOST = 8L * 1024 * 1024;

  private final SharedDatagrams source;
  private final GuardedTransport transport;
  private final Thread thread = new Thread(this::attend, THREAD);
  private final Datagram aside = new Datagram();
  private final ArrayDeque<Kept> kept = new ArrayDeque<>();
  private long keptBytes;
  private volatile boolean closed;

  /** Since when the loop has not asked for datagrams; 0 while it waits for some. */
  private volatile long busySince;

  private record Kept(int link, int fromNode, byte[] bytes) {}

  /**
   * Begins with its work.
   *
   * @param transport used through {@link #transport} from now on
   */
  public Attendant(SharedDatagrams source, Transport transport) {
    this.source = source;
    this.transport = new GuardedTransport(transport, source);
    thread.setDaemon(true);
    thread.start();
  }

  /** The transport as the loop's machine has to use it. */
  public Transport transport() {
    return transport;
  }

  @Override
  public int receive(Machine machine, int most) {
    busySince = now();
    int count = 0;
    for (Kept next = takeKept(); next != null; next = takeKept()) {
      byte[] bytes = next.bytes();
      machine.received(next.link(), next.fromNode(), bytes, 0, bytes.length, System.nanoTime());
      count++;
    }
    return count + source.receive(machine, Math.max(0, most - count));
  }

  private synchronized @Nullable Kept takeKept() {
    Kept first = kept.poll();
    if (first != null) {
      keptBytes -= first.bytes().length;
    }
    return first;
  }

  private synchronized boolean hasKept() {
    return !kept.isEmpty();
  }

  @Override
  public void await(long nanos) {
    busySince = 0;
    source.await(hasKept() ? 0 : nanos);
    busySince = now();
  }

  @Override
  public void wake() {
    source.wake();
  }

  @Override
  public void flush() {
    source.flush();
  }

  /** 0 means that the loop waits. */
  private static long now() {
    return System.nanoTime() | 1;
  }

  private void attend() {
    boolean busy = false;
    while (!closed) {
      try {
        TimeUnit.NANOSECONDS.sleep(
            busy
                ? LOOK_LEAST_NANOS
                : Math.clamp(
                    transport.answersWithin() / LOOK_PART, LOOK_LEAST_NANOS, LOOK_MOST_NANOS));
      } catch (InterruptedException e) {
        return;
      }
      long since = busySince;
      busy = since != 0 && now() - since > BUSY_NANOS;
      while (busy && since == busySince && takeOne()) {
        source.flush();
      }
    }
  }

  /** False when there was none, or no room for more. */
  private synchronized boolean takeOne() {
    if (keptBytes > KEPT_MOST || !source.takeAside(aside)) {
      return false;
    }
    if (!transport.answer(aside.link(), aside.fromNode(), aside.bytes(), 0, aside.length())) {
      byte[] bytes = new byte[aside.length()];
      System.arraycopy(aside.bytes(), 0, bytes, 0, bytes.length);
      kept.add(new Kept(aside.link(), aside.fromNode(), bytes));
      keptBytes += bytes.length;
    }
    return true;
  }

  /** Ends the thread, which uses the source and the transport until then. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
