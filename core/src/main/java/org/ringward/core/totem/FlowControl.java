package org.ringward.core.totem;

import org.ringward.core.config.TotemSettings;
import org.ringward.core.wire.OrfToken;

/** How much a node may send at a token visit (reference/totem-srp.md, section 10). */
final class FlowControl {
  /**
   * Messages that may be in the queue before nothing more is sent: half of its window, so that all
   * of them fit into the queue of a new ring, wrapped.
   */
  private static final int KEPT_MAX = SortQueue.WINDOW / 2;

  private final TotemSettings settings;
  private int sentLastVisit;
  private int backlogLastVisit;

  FlowControl(TotemSettings settings) {
    this.settings = settings;
  }

  /** A new ring begins. */
  void reset() {
    sentLastVisit = 0;
    backlogLastVisit = 0;
  }

  /** Messages this node may send now, retransmissions included. */
  int allowed(OrfToken token, int backlog) {
    int windowLeft = settings.windowSize() - token.flowControlCount;
    int allowed = Math.max(0, Math.min(settings.maxMessages(), windowLeft));
    long all = (long) token.backlog + backlog - backlogLastVisit;
    if (all > 0) {
      long share = (long) settings.windowSize() * backlogLastVisit / all;
      if (share > 0) {
        allowed = (int) Math.min(allowed, share);
      }
    }
    return allowed;
  }

  /** Whether the queue has room for more messages on the ring. */
  boolean hasRoom(SortQueue queue, OrfToken token, int allowed, boolean operational) {
    int room = operational ? KEPT_MAX : SortQueue.WINDOW;
    return token.seq - queue.released() + allowed + settings.windowSize() <= room;
  }

  /** Writes what was sent in this visit and what still waits into the token. */
  void update(OrfToken token, int sent, int backlog) {
    token.flowControlCount = Math.max(0, token.flowControlCount + sent - sentLastVisit);
    token.backlog = Math.max(0, token.backlog + backlog - backlogLastVisit);
    sentLastVisit = sent;
    backlogLastVisit = backlog;
  }
}
