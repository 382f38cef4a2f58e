package org.ringward.core.base;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** What the current thread allocates once everything has grown and is compiled. */
public final class Allocations {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocations() {}

  /**
   * Repeats a round until it allocates less than is enough, for at most a minute: when the compiler
   * has seen that nothing escapes depends on the machine and on what else runs there.
   *
   * @return bytes of the round that allocated least
   */
  public static long least(long enough, Runnable round) {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    long least = Long.MAX_VALUE;
    do {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      round.run();
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    } while (least >= enough && System.nanoTime() < deadline);
    return least;
  }
}
