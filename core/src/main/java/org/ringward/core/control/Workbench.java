package org.ringward.core.control;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.ringward.core.port.Background;

/** What is being worked out in the background, and who waits for it. */
final class Workbench {
  private final Background background;
  private final Map<Long, Task<?>> tasks = new TreeMap<>();
  private long last;

  private static final class Task<T> implements Runnable {
    private final Supplier<T> work;
    private final Consumer<T> then;
    private @Nullable T result;

    Task(Supplier<T> work, Consumer<T> then) {
      this.work = work;
      this.then = then;
    }

    @Override
    public void run() {
      result = work.get();
    }

    void finish() {
      then.accept(Objects.requireNonNull(result));
    }
  }

  Workbench(Background background) {
    this.background = background;
  }

  /**
   * Has something worked out from immutable values.
   *
   * @param then takes the result, in the node's thread as all inputs
   */
  <T> void submit(Supplier<T> work, Consumer<T> then) {
    Task<T> task = new Task<>(work, then);
    tasks.put(++last, task);
    background.work(last, task);
  }

  /** A work has ended. */
  void ended(long requestId) {
    Task<?> task = tasks.remove(requestId);
    if (task != null) {
      task.finish();
    }
  }
}
