package org.ringward.cli.load;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.ringward.core.group.GroupChange;
import org.ringward.ring.RingAccess;
import org.ringward.ring.RingException;
import org.ringward.ring.RingGroup;
import org.ringward.ring.RingListener;

/** One member that sends in a group and measures how its messages come back, in agreed order. */
public final class RingLoad implements RingListener {
  /** The group: all that measure at a time are in it, and count each other's messages. */
  public static final String GROUP = "ringward-bench";

  /** The shortest message: the time when it was sent. */
  public static final int LEAST_BYTES = Long.BYTES;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long JOIN_SECONDS = 10;
  private static final long DRAIN_SECONDS = 10;
  private static final int SAMPLES_MOST = 1 << 20;
  private static final double NANOS_PER_MICRO = 1000.0;

  private final CountDownLatch joined = new CountDownLatch(1);
  private final long[] samples = new long[SAMPLES_MOST];
  private volatile int self;
  private volatile int members;
  private final AtomicLong own = new AtomicLong();
  private final AtomicLong others = new AtomicLong();
  private volatile @Nullable String end;

  /**
   * What was measured.
   *
   * @param members of the group at the end
   * @param sent messages this member sent
   * @param delivered its own messages that came back
   * @param others messages of other members that were delivered meanwhile
   * @param seconds from the first one sent until the last one was accepted
   * @param median microseconds from sending until it came back; of the last million
   * @param percentile99 the same
   * @param longest the same
   */
  public record Result(
      int members,
      long sent,
      long delivered,
      long others,
      double seconds,
      double median,
      double percentile99,
      double longest) {}

  /**
   * Measures.
   *
   * @param size bytes of a message, at least {@link #LEAST_BYTES}
   * @param rate messages per second, 0 for as many as the ring takes
   * @throws RingException when the ring ends or the group cannot be joined
   */
  public Result run(RingAccess ring, int size, int rate, double seconds)
      throws InterruptedException {
    self = ring.nodeId();
    RingGroup group = ring.join(GROUP, this);
    if (!joined.await(JOIN_SECONDS, TimeUnit.SECONDS)) {
      throw new RingException("the ring does not let a group be joined: is it being formed?");
    }
    long othersBefore = others.get();
    long began = System.nanoTime();
    long until = began + (long) (seconds * 1e9);
    long sent = rate == 0 ? flood(group, size, until) : atRate(group, size, rate, until);
    double took = (System.nanoTime() - began) / 1e9;
    awaitBack(sent);
    long back = own.get();
    long[] sorted = Arrays.copyOf(samples, (int) Math.min(back, SAMPLES_MOST));
    Arrays.sort(sorted);
    int membersAtTheEnd = members;
    group.leave();
    return new Result(
        membersAtTheEnd,
        sent,
        back,
        others.get() - othersBefore,
        took,
        micros(sorted, 50),
        micros(sorted, 99),
        micros(sorted, 100));
  }

  private static double micros(long[] sorted, int percent) {
    if (sorted.length == 0) {
      return 0;
    }
    long at = (long) sorted.length * percent / 100;
    return sorted[(int) Math.min(at, sorted.length - 1L)] / NANOS_PER_MICRO;
  }

  private long flood(RingGroup group, int size, long until) throws InterruptedException {
    byte[] message = new byte[size];
    long sent = 0;
    while (System.nanoTime() < until) {
      LONG.set(message, 0, System.nanoTime());
      if (group.send(message, 0, size, 100, TimeUnit.MILLISECONDS)) {
        sent++;
      }
    }
    return sent;
  }

  private long atRate(RingGroup group, int size, int rate, long until) throws InterruptedException {
    byte[] message = new byte[size];
    long interval = 1_000_000_000L / rate;
    long sent = 0;
    for (long next = System.nanoTime(); next < until; next += interval) {
      for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      LONG.set(message, 0, System.nanoTime());
      if (group.send(message, 0, size, 1, TimeUnit.SECONDS)) {
        sent++;
      }
    }
    return sent;
  }

  private void awaitBack(long sent) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(DRAIN_SECONDS);
    while (own.get() < sent && System.nanoTime() < until) {
      String reason = end;
      if (reason != null) {
        throw new RingException(reason);
      }
      Thread.sleep(1);
    }
  }

  @Override
  public void delivered(int node, int process, byte[] bytes, int offset, int length) {
    if (node != self || length < LEAST_BYTES) {
      others.incrementAndGet();
      return;
    }
    int at = (int) (own.get() % SAMPLES_MOST);
    samples[at] = System.nanoTime() - (long) LONG.get(bytes, offset);
    own.incrementAndGet();
  }

  @Override
  public void membershipChanged(GroupChange change) {
    members = change.members().size();
    joined.countDown();
  }

  @Override
  public void ended(String reason) {
    end = reason;
  }
}
