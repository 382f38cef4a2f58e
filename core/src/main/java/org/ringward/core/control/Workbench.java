package org.ringward.core.control;

import java.util.ArrayList;
import java.util.List;
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

  /**
   * Has things worked out one after the other, each a work of its own, so that what is submitted
   * meanwhile waits for one of them at most.
   *
   * @param then takes all results, in the node's thread
   */
  <T> void submitEach(List<Supplier<T>> works, Consumer<List<T>> then) {
    next(works, new ArrayList<>(), then);
  }

  private <T> void next(List<Supplier<T>> works, List<T> found, Consumer<List<T>> then) {
    if (found.size() == works.size()) {
      then.accept(found);
      return;
    }
    submit(
        works.get(found.size()),
        result -> {
          found.add(result);
          next(works, found, then);
        });
  }

  /** A work has ended. */
  void ended(long requestId) {
    Task<?> task = tasks.remove(requestId);
    if (task != null) {
      task.finish();
    }
  }
}
