package org.ringward.core.totem;

import org.ringward.core.base.NodeSet;
import org.ringward.core.wire.McastFrame;

/**
 * Messages: received ones find their place in the order and are delivered when all before them were
 * (reference/totem-srp.md, sections 8.2 and 8.8).
 */
final class Delivery {
  /**
   * Bytes of messages that are kept; beyond, only the next one in the order is taken, so that
   * delivery and release go on.
   */
  private static final long KEPT_BYTES_MAX = 64L * 1024 * 1024;

  private final RingContext context;
  private final McastFrame frame = new McastFrame();

  Delivery(RingContext context) {
    this.context = context;
  }

  /** A message of the current ring; false when it is of no use. */
  boolean store(SortQueue queue, McastFrame message, byte[] bytes, int offset, int length) {
    if (!queue.inWindow(message.seq)) {
      boolean old = message.seq - queue.released() <= 0;
      context.events.count(old ? RingEvent.MESSAGES_DUPLICATE : RingEvent.MESSAGES_OUTSIDE_WINDOW);
      return false;
    }
    if (queue.has(message.seq)) {
      context.events.count(RingEvent.MESSAGES_DUPLICATE);
      return false;
    }
    if (context.pool.usedBytes() > KEPT_BYTES_MAX && message.seq != context.aru + 1) {
      context.events.count(RingEvent.MESSAGES_WITHOUT_ROOM);
      return false;
    }
    StoredFrame stored = context.pool.take(length);
    stored.set(bytes, offset, length);
    queue.put(message.seq, stored);
    context.events.count(RingEvent.MESSAGES_RECEIVED);
    if (message.seq - context.highSeqReceived > 0) {
      context.highSeqReceived = message.seq;
    }
    advanceAru(queue);
    return true;
  }

  /** Moves aru over all messages that are here without a gap. */
  void advanceAru(SortQueue queue) {
    while (context.aru != context.highSeqReceived && queue.has(context.aru + 1)) {
      context.aru++;
    }
  }

  /** Delivers what is there without a gap; in OPERATIONAL only. */
  void deliver() {
    while (context.highDelivered != context.highSeqReceived) {
      StoredFrame next = context.regular.get(context.highDelivered + 1);
      if (next == null) {
        return;
      }
      context.highDelivered++;
      upcall(next);
    }
  }

  /** Delivers the old ring's messages up to the first hole. */
  void deliverOld(int high) {
    while (high - context.highDelivered > 0) {
      StoredFrame next = context.regular.get(context.highDelivered + 1);
      if (next == null) {
        return;
      }
      context.highDelivered++;
      upcall(next);
    }
  }

  /** Delivers the old ring's messages behind holes whose authors come along. */
  void deliverOldAfterHoles(int high, NodeSet authors) {
    while (high - context.highDelivered > 0) {
      context.highDelivered++;
      StoredFrame next = context.regular.get(context.highDelivered);
      if (next != null
          && frame.read(next.bytes, 0, next.length)
          && authors.contains(frame.systemFrom)) {
        upcall(next);
      }
    }
  }

  /** Hands up a packet; wrapped messages were handed up as those of the old ring. */
  private void upcall(StoredFrame stored) {
    if (frame.read(stored.bytes, 0, stored.length) && frame.encapsulated == McastFrame.ORDINARY) {
      context.events.count(RingEvent.MESSAGES_DELIVERED);
      context.upcalls.packet(
          frame.systemFrom,
          stored.bytes,
          frame.payloadOffset,
          frame.payloadLength,
          frame.bigEndian);
    }
  }
}
