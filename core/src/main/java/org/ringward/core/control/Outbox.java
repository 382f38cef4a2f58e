package org.ringward.core.control;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Messages of this node on their way into the agreed state. What is delivered while a view is not
 * agreed yet is dropped by everybody, so lasting messages are kept until they were applied and sent
 * again in the next view; the orders of a coordinator are not, because the next view's coordinator
 * decides anew.
 */
final class Outbox {
  private final long incarnation;
  private final Predicate<byte[]> ring;
  private final Map<Long, ClusterMessage> lasting = new LinkedHashMap<>();
  private final List<Long> unsent = new ArrayList<>();
  private final List<byte[]> passing = new ArrayList<>();
  private long lastSequence;
  private long view;
  private boolean open;

  /**
   * @param ring hands bytes to the ring, false when its queues are full
   */
  Outbox(long incarnation, Predicate<byte[]> ring) {
    this.incarnation = incarnation;
    this.ring = ring;
  }

  /** A view is agreed: everything that was not applied goes out. */
  void open(long ringSequence) {
    view = ringSequence;
    open = true;
    unsent.clear();
    unsent.addAll(lasting.keySet());
    flush();
  }

  /** The view is gone. */
  void close() {
    open = false;
    passing.clear();
  }

  /** Sends a message that must arrive, now or in a later view. */
  void send(ClusterMessage message) {
    long sequence = ++lastSequence;
    lasting.put(sequence, message);
    unsent.add(sequence);
    flush();
  }

  /** Sends a message that has a meaning in this view only; forgotten when there is none. */
  void sendInView(ClusterMessage message) {
    if (open) {
      passing.add(encode(++lastSequence, message));
      flush();
    }
  }

  /** This node's own message was applied. */
  void applied(long sequence) {
    lasting.remove(sequence);
  }

  /** Messages that were not applied yet, oldest first. */
  List<ClusterMessage> waiting() {
    return List.copyOf(lasting.values());
  }

  /** Tries again what the ring had no room for. */
  void flush() {
    while (open && !unsent.isEmpty()) {
      ClusterMessage message = lasting.get(unsent.getFirst());
      if (message != null && !ring.test(encode(unsent.getFirst(), message))) {
        return;
      }
      unsent.removeFirst();
    }
    while (open && !passing.isEmpty() && ring.test(passing.getFirst())) {
      passing.removeFirst();
    }
  }

  boolean hasUnsent() {
    return open && !(unsent.isEmpty() && passing.isEmpty());
  }

  private byte[] encode(long sequence, ClusterMessage message) {
    return MessageCodec.write(new MessageCodec.Envelope(incarnation, sequence, view, message));
  }
}
