package org.ringward.ring.loop;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;
import org.ringward.core.port.Background;

/**
 * One thread that works out what would hold the loop up, one thing after the other. A work that
 * throws ends the process at once, as it would in the loop.
 */
public final class Worker implements Background, AutoCloseable {
  private final LongConsumer done;
  private final Loop.Halt halt;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(work -> {
        Thread worker = new Thread(work, "ringward-worker");
        worker.setDaemon(true);
        return worker;
      });

  /**
   * @param done is told each work's number once it is done, in the worker's thread
   */
  public Worker(LongConsumer done, Loop.Halt halt) {
    this.done = done;
    this.halt = halt;
  }

  @Override
  public void work(long requestId, Runnable work) {
    thread.execute(() -> {
      try {
        work.run();
      } catch (Throwable e) {
        halt.now("what the node worked out failed: " + e, e);
      }
      done.accept(requestId);
    });
  }

  /** Nobody waits for what is still under way. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
