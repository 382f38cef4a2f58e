package org.ringward.daemon.loop;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ringward.core.port.Background;

/**
 * One thread that works out what would hold the loop up, one thing after the other. A work that
 * throws ends the process at once, as it would in the loop.
 */
public final class Worker implements Background, AutoCloseable {
  private final Inbox inbox;
  private final NodeLoop.Halt halt;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(work -> {
        Thread worker = new Thread(work, "ringward-worker");
        worker.setDaemon(true);
        return worker;
      });

  public Worker(Inbox inbox, NodeLoop.Halt halt) {
    this.inbox = inbox;
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
      inbox.put(machine -> machine.worked(requestId));
    });
  }

  /** Nobody waits for what is still under way. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
