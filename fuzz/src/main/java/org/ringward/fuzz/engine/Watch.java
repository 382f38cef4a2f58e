package org.ringward.fuzz.engine;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Notices that a target does not come back from an input. */
public final class Watch {
  private static final long PATIENCE = 20_000_000_000L;

  private final Thread watched = Thread.currentThread();
  private final Consumer<Finding> hung;
  private volatile @Nullable Target target;
  private volatile List<byte[]> inputs = List.of();
  private final AtomicLong begun = new AtomicLong();

  /**
   * Watches the thread that calls this.
   *
   * @param hung is told, once, and should end the process
   */
  public Watch(Consumer<Finding> hung) {
    this.hung = hung;
    Thread.ofPlatform().daemon().name("watch").start(this::watch);
  }

  void begins(Target newTarget, List<byte[]> episode) {
    inputs = episode;
    target = newTarget;
    begun.incrementAndGet();
  }

  void rest() {
    target = null;
  }

  private void watch() {
    try {
      while (true) {
        long before = begun.get();
        Thread.sleep(PATIENCE / 1_000_000);
        Target stuck = target;
        if (stuck != null && begun.get() == before) {
          Violation violation = new Violation("does not come back");
          violation.setStackTrace(watched.getStackTrace());
          String signature = Finding.signature(violation);
          hung.accept(new Finding(stuck.name(), signature, violation, List.copyOf(inputs)));
          return;
        }
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }
}
