package org.ringward.core.control;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What has to be sent before a view is agreed. It belongs to no agreed view, so it does not go
 * through the outbox; what the ring has no room for is made anew at the next try.
 */
final class SyncMessages {
  private final Predicate<ClusterMessage> ring;
  private final Deque<Supplier<ClusterMessage>> due = new ArrayDeque<>();

  /**
   * @param ring false when it has no room
   */
  SyncMessages(Predicate<ClusterMessage> ring) {
    this.ring = ring;
  }

  /** Sends it now or soon. */
  void send(Supplier<ClusterMessage> message) {
    due.add(message);
    flush();
  }

  void flush() {
    while (!due.isEmpty() && ring.test(due.element().get())) {
      due.remove();
    }
  }

  /** The view is over. */
  void clear() {
    due.clear();
  }

  boolean hasUnsent() {
    return !due.isEmpty();
  }
}
