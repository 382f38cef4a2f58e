package org.ringward.core.totem;

import org.ringward.core.wire.OrfToken;

/** How much a node may send at a token visit (reference/totem-srp.md, section 10). */
final class FlowControl {
  /**
   * Messages that may be in the queue before nothing more is sent: half of its window, so that all
   * of them fit into the queue of a new ring, wrapped.
   */
  private static final int KEPT_MAX = SortQueue.WINDOW / 2;

  /** Bytes of messages that may be kept before nothing more is sent. */
  private static final long KEPT_BYTES_MAX = 32L * 1024 * 1024;

  private final RingContext context;
  private int sentLastVisit;
  private int backlogLastVisit;

  FlowControl(RingContext context) {
    this.context = context;
  }

  /** A new ring begins. */
  void reset() {
    sentLastVisit = 0;
    backlogLastVisit = 0;
  }

  /** Messages this node may send now, retransmissions included. */
  int allowed(OrfToken token, int backlog) {
    int windowLeft = context.settings.windowSize() - token.flowControlCount;
    int allowed = Math.max(0, Math.min(context.settings.maxMessages(), windowLeft));
    long all = (long) token.backlog + backlog - backlogLastVisit;
    if (all > 0) {
      long share = (long) context.settings.windowSize() * backlogLastVisit / all;
      if (share > 0) {
        allowed = (int) Math.min(allowed, share);
      }
    }
    return allowed;
  }

  /** Whether the queue has room for more messages on the ring. */
  boolean hasRoom(
      SortQueue queue, OrfToken token, int allowed, boolean operational, long keptBytes) {
    if (operational && keptBytes > KEPT_BYTES_MAX) {
      return false;
    }
    int room = operational ? KEPT_MAX : SortQueue.WINDOW;
    return token.seq - queue.released() + allowed + context.settings.windowSize() <= room;
  }

  /** Writes what was sent in this visit and what still waits into the token. */
  void update(OrfToken token, int sent, int backlog) {
    token.flowControlCount = Math.max(0, token.flowControlCount + sent - sentLastVisit);
    token.backlog = Math.max(0, token.backlog + backlog - backlogLastVisit);
    sentLastVisit = sent;
    backlogLastVisit = backlog;
  }
}
