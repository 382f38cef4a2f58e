package org.ringward.interop.member;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Makes the messages of the orders one after the other; used by one thread at a time. */
final class Sender {
  private final Console console;
  private final int node;
  private final SplittableRandom random;
  private final java.util.ArrayDeque<Order> orders = new java.util.ArrayDeque<>();
  private byte @Nullable [] next;
  private long number;

  private record Order(int left, Sizes sizes) {}

  Sender(Console console, int node) {
    this.console = console;
    this.node = node;
    this.random = new SplittableRandom(console.life());
  }

  synchronized void order(int count, Sizes sizes) {
    orders.add(new Order(count, sizes));
  }

  /** The message to be sent next, the same until it was accepted; null when there is none. */
  synchronized byte @Nullable [] next() {
    Order order = orders.peek();
    if (next == null && order != null) {
      next = Message.make(node, console.life(), number + 1, order.sizes().draw(random));
    }
    return next;
  }

  /** The next message was accepted. */
  synchronized void accepted() {
    byte[] message = next;
    Order order = orders.poll();
    if (message == null || order == null) {
      throw new IllegalStateException("nothing was to be sent");
    }
    console.accepted(++number, message);
    next = null;
    if (order.left() > 1) {
      orders.addFirst(new Order(order.left() - 1, order.sizes()));
    } else if (orders.isEmpty()) {
      console.tell("sent " + number);
    }
  }
}
