package org.ringward.ring.loop;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Inputs from other threads on their way to the loop, in order.
 *
 * @param <M> what the inputs are for
 */
public final class Inbox<M extends Machine> {
  private static final int INPUTS_MOST = 16_384;

  private final ArrayBlockingQueue<Consumer<? super M>> inputs =
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
  public void put(Consumer<? super M> input) {
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

  @Nullable Consumer<? super M> poll() {
    return inputs.poll();
  }
}
