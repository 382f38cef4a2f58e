package org.ringward.daemon.loop;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Inputs from other threads on their way to the loop, in order. */
public final class Inbox {
  private static final int INPUTS_MOST = 16_384;

  private final ArrayBlockingQueue<Consumer<Machine>> inputs =
      new ArrayBlockingQueue<>(INPUTS_MOST);
  private final Runnable wakeLoop;

  /**
   * @param wakeLoop ends the sleep of the loop, or the next one when it does not sleep
   */
  public Inbox(Runnable wakeLoop) {
    this.wakeLoop = wakeLoop;
  }

  /**
   * Hands an input to the loop. Waits while the inbox is full, so never call it from the loop's own
   * thread.
   */
  public void put(Consumer<Machine> input) {
    boolean interrupted = false;
    while (true) {
      try {
        inputs.put(input);
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    wakeLoop.run();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  boolean isEmpty() {
    return inputs.isEmpty();
  }

  @Nullable Consumer<Machine> poll() {
    return inputs.poll();
  }
}
