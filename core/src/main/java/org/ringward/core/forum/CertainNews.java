package org.ringward.core.forum;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.ringward.core.lease.RingProgress;

/**
 * News that wait until every member of the ring has what they tell of: only then is it certain that
 * whoever goes on without this node will tell the same.
 */
final class CertainNews {
  private Deque<Item> fresh = new ArrayDeque<>();
  private final Deque<Batch> batches = new ArrayDeque<>();
  private boolean held = true;

  private record Item(Membership to, ForumNews news) {}

  /** Everywhere when all have the ring's packets up to the mark. */
  private record Batch(int mark, List<Item> items) {}

  void add(Membership to, ForumNews news) {
    fresh.add(new Item(to, news));
  }

  /** What other members of the ring have is not known any more. */
  void hold() {
    held = true;
    Deque<Item> all = new ArrayDeque<>();
    batches.forEach(batch -> all.addAll(batch.items()));
    batches.clear();
    all.addAll(fresh);
    fresh = all;
  }

  /** A view is open: what waits goes with it. */
  void goOn() {
    held = false;
  }

  /**
   * Nothing that waits will be told; whose membership ends with it is told only that it is over.
   */
  void forget(ForumNews.Out over) {
    hold();
    for (Item each : fresh) {
      if (each.news() instanceof ForumNews.Out || each.news() instanceof ForumNews.Refused) {
        each.to().tell(over);
      }
    }
    fresh.clear();
  }

  /** Tells what is certain. */
  void turn(RingProgress ring) {
    if (held) {
      return;
    }
    if (!fresh.isEmpty()) {
      batches.add(new Batch(ring.delivered(), new ArrayList<>(fresh)));
      fresh.clear();
    }
    while (!batches.isEmpty() && ring.heldByAll() - batches.getFirst().mark() >= 0) {
      batches.removeFirst().items().forEach(each -> each.to().tell(each.news()));
    }
  }
}
