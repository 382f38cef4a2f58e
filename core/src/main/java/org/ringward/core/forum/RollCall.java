package org.ringward.core.forum;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ringward.core.base.NodeSet;
import org.ringward.core.forum.ForumStep.Roll;

/**
 * What the members of a view know, and with whose knowledge it goes on: with that of the latest
 * epoch, and in it with the longest. Whoever knows exactly that goes on; the others' programs have
 * missed something, or heard what nobody else did before they were cut off.
 *
 * <p>Of two views with quorum one after the other some node was in both, but it may have begun anew
 * in between, or have been lost again before it could say what it knows. So each node keeps in mind
 * whether it has missed a view with quorum since it knew all: when all here have, others may have
 * heard what nobody here knows, and nobody goes on. A node says nothing here before its disk tells
 * of the view: so that it knows that there was one, if it begins anew. (The simulator's seeds 524,
 * 811, and 913543 without person.)
 */
final class RollCall {
  /** Epochs of one ring before they could be those of the next. */
  private static final int EPOCH_BITS = 8;

  /** So many steps in a millisecond of a cluster's life before an order number could come again. */
  private static final int ORDER_BITS = 20;

  private final NavigableMap<Integer, Roll> rolls = new TreeMap<>();

  void clear() {
    rolls.clear();
  }

  /** A node's word; its first one counts. */
  void heard(int node, Roll roll) {
    rolls.putIfAbsent(node, roll);
  }

  boolean isComplete(NodeSet view) {
    return view.stream().allMatch(rolls::containsKey);
  }

  private static boolean same(Roll one, Roll other) {
    return one.epoch() == other.epoch()
        && one.order() == other.order()
        && one.digest() == other.digest();
  }

  private static boolean isAhead(Roll one, Roll other) {
    return one.epoch() != other.epoch() ? one.epoch() > other.epoch() : one.order() > other.order();
  }

  private Roll best() {
    Roll best = rolls.sequencedValues().getFirst();
    long share = share(best);
    for (Roll roll : rolls.values()) {
      boolean equal = roll.epoch() == best.epoch() && roll.order() == best.order();
      if (isAhead(roll, best) || (equal && share(roll) > share)) {
        best = roll;
        share = share(roll);
      }
    }
    return best;
  }

  private long share(Roll of) {
    return rolls.values().stream().filter(each -> same(each, of)).count();
  }

  /** Whether everybody here has missed a view in which something may have been heard. */
  private boolean isForgotten() {
    return rolls.values().stream().noneMatch(each -> each.complete() >= each.ringSequence());
  }

  /** Nodes that go on, when it {@link #isComplete}. */
  NodeSet continuing() {
    Roll best = best();
    if (isForgotten()) {
      return NodeSet.EMPTY;
    }
    return NodeSet.of(
        rolls.entrySet().stream()
            .filter(each -> same(each.getValue(), best))
            .mapToInt(Map.Entry::getKey)
            .toArray());
  }

  /** The epoch that begins: later than every one before. */
  long epoch(long ringSequence) {
    return Math.max(best().epoch() + 1, ringSequence << EPOCH_BITS);
  }

  /** The order number of the opening: larger than every one before. */
  long order(long ringSequence) {
    return Math.max(best().order() + 1, ringSequence << ORDER_BITS);
  }

  /** All members of the nodes that go on, by group. */
  SortedMap<String, List<ForumMember>> members() {
    SortedMap<String, List<ForumMember>> members = new TreeMap<>();
    continuing().stream()
        .forEach(node -> {
          for (ForumStep.Seat seat : Objects.requireNonNull(rolls.get(node)).seats()) {
            members
                .computeIfAbsent(seat.group(), _ -> new ArrayList<>())
                .add(new ForumMember(seat.id(), node, seat.number()));
          }
        });
    return members;
  }
}
