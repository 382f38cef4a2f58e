package org.ringward.bench.member;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.ringward.ring.Ring;
import org.ringward.ring.RingAccess;
import org.ringward.ring.RingException;
import org.ringward.ring.local.RingClient;

/**
 * One member under measurement. Arguments: what it stands on (corosync, socket, embedded), then the
 * pause before a refused message is tried again, the socket, or the configuration file. Orders come
 * as lines on standard input, results go as lines to standard output; times are those of the
 * machine's monotonic clock, which all processes share:
 *
 * <pre>
 * flood SIZE START NANOS SEND(0|1)    one second after START deliveries are counted for NANOS
 * latency RATE START NANOS            messages of 64 bytes; a RATE of 0 only receives
 * quit
 * </pre>
 */
public final class Member implements Backend.Receiver {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long WARM_UP_NANOS = 1_000_000_000;
  private static final long CONNECT_NANOS = 30_000_000_000L;
  private static final long CONNECT_PAUSE_NANOS = 50_000_000;
  private static final int LATENCY_BYTES = 64;
  private static final int SAMPLES_MOST = 200_000;
  private static final long QUIET_NANOS = 300_000_000;
  private static final long QUIET_WAIT_NANOS = 20_000_000_000L;

  private final Backend backend;
  private final AtomicLong delivered = new AtomicLong();
  private final AtomicLong changes = new AtomicLong();

  private final long[] own = new long[SAMPLES_MOST];
  private final long[] others = new long[SAMPLES_MOST];
  private int ownCount;
  private int othersCount;
  private volatile boolean sampling;

  private Member(Backend backend) {
    this.backend = backend;
  }

  /** See the class. */
  public static void main(String[] arguments) throws IOException {
    String kind = arguments[0];
    Backend backend =
        switch (kind) {
          case "corosync" -> new CorosyncBackend(Long.parseLong(arguments[1]));
          case "embedded" -> new RingBackend(() -> Ring.open(Path.of(arguments[1])));
          case "socket" -> new RingBackend(() -> connected(Path.of(arguments[1])));
          default -> throw new IllegalArgumentException(kind);
        };
    new Member(backend).run();
    Runtime.getRuntime().halt(0);
  }

  /** The ring's process may not serve it yet. */
  private static RingAccess connected(Path socket) {
    long until = System.nanoTime() + CONNECT_NANOS;
    while (true) {
      try {
        return RingClient.connect(socket);
      } catch (RingException e) {
        if (System.nanoTime() > until) {
          throw e;
        }
        LockSupport.parkNanos(CONNECT_PAUSE_NANOS);
      }
    }
  }

  private void run() throws IOException {
    backend.open(this);
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "flood" -> flood(words);
        case "latency" -> latency(words);
        case "quit" -> {
          backend.close();
          return;
        }
        default -> throw new IllegalArgumentException(line);
      }
    }
  }

  private void flood(String[] words) {
    int size = Integer.parseInt(words[1]);
    long begin = Long.parseLong(words[2]) + WARM_UP_NANOS;
    long end = begin + Long.parseLong(words[3]);
    boolean sends = words[4].equals("1");
    long changesBefore = changes.get();
    Thread sender = new Thread(() -> sendUntil(size, begin - WARM_UP_NANOS, end), "sender");
    if (sends) {
      sender.start();
    }
    sleepUntil(begin);
    long first = delivered.get();
    long began = System.nanoTime();
    sleepUntil(end);
    long count = delivered.get() - first;
    long took = System.nanoTime() - began;
    awaitQuiet();
    say("flood " + count + " " + took + " " + (changes.get() - changesBefore));
  }

  private void sendUntil(int size, long begin, long end) {
    byte[] message = new byte[size];
    sleepUntil(begin);
    while (System.nanoTime() < end) {
      backend.send(message);
    }
  }

  /** Until nothing is delivered any more: what was accepted must not disturb the next measure. */
  private void awaitQuiet() {
    long until = System.nanoTime() + QUIET_WAIT_NANOS;
    long before = -1;
    while (before != delivered.get() && System.nanoTime() < until) {
      before = delivered.get();
      LockSupport.parkNanos(QUIET_NANOS);
    }
  }

  private void latency(String[] words) {
    long rate = Long.parseLong(words[1]);
    long begin = Long.parseLong(words[2]) + WARM_UP_NANOS;
    long end = begin + Long.parseLong(words[3]);
    long changesBefore = changes.get();
    Thread sender = new Thread(() -> sendAtRate(rate, begin - WARM_UP_NANOS, end), "sender");
    if (rate > 0) {
      sender.start();
    }
    sleepUntil(begin);
    ownCount = 0;
    othersCount = 0;
    sampling = true;
    sleepUntil(end);
    awaitQuiet();
    sampling = false;
    say(
        "latency "
            + percentiles(own, ownCount)
            + " "
            + percentiles(others, othersCount)
            + " "
            + (changes.get() - changesBefore));
  }

  private void sendAtRate(long rate, long begin, long end) {
    byte[] message = new byte[LATENCY_BYTES];
    long interval = 1_000_000_000 / rate;
    for (long next = begin; next < end; next += interval) {
      sleepUntil(next);
      LONG.set(message, 0, System.nanoTime());
      backend.trySend(message);
    }
  }

  /** Count, median and 99th percentile in nanoseconds. */
  private static String percentiles(long[] samples, int count) {
    long[] sorted = Arrays.copyOf(samples, count);
    Arrays.sort(sorted);
    return count == 0 ? "0 0 0" : count + " " + sorted[count / 2] + " " + sorted[count * 99 / 100];
  }

  private static void sleepUntil(long nanos) {
    for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static synchronized void say(String line) {
    System.out.println(line);
  }

  @Override
  public void delivered(boolean ownMessage, long stamp, int length) {
    delivered.lazySet(delivered.getPlain() + 1);
    if (sampling) {
      long took = System.nanoTime() - stamp;
      if (ownMessage && ownCount < SAMPLES_MOST) {
        own[ownCount++] = took;
      } else if (!ownMessage && othersCount < SAMPLES_MOST) {
        others[othersCount++] = took;
      }
    }
  }

  @Override
  public void members(int count) {
    changes.incrementAndGet();
    say("members " + count + " " + System.nanoTime());
  }
}
