package org.ringward.sim.evs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ringward.sim.world.Violation;

/**
 * Specification 4 of the paper, failure atomicity (virtual synchrony): processes that go together
 * from one configuration to the next have delivered the same messages, in the same order, with the
 * transitional configuration at the same place. Who joined a group on the way has the end of what
 * the others have.
 */
final class Atomicity {
  private static final String RULE = "EVS 4 failure atomicity";

  private record Way(RingId from, RingId to, int group) {}

  private final Map<Way, Piece> longest = new HashMap<>();

  /** Compares a member of a group that has come to the next configuration. */
  void check(Piece piece, RingId to) {
    Way way = new Way(piece.stretch.ring(), to, piece.group);
    Piece other = longest.putIfAbsent(way, piece);
    if (other == null) {
      return;
    }
    List<Long> mine = piece.contents();
    List<Long> theirs = other.contents();
    boolean same = mine.size() >= theirs.size() ? endsWith(mine, theirs) : endsWith(theirs, mine);
    if (!same || (piece.fromStart && other.fromStart && mine.size() != theirs.size())) {
      throw new Violation(
          RULE,
          "%s and %s, on their way to ring %s: %d and %d deliveries, equal up to %d"
              .formatted(piece, other, to, mine.size(), theirs.size(), common(mine, theirs)));
    }
    if (mine.size() > theirs.size()) {
      longest.put(way, piece);
    }
  }

  private static boolean endsWith(List<Long> all, List<Long> end) {
    return all.subList(all.size() - end.size(), all.size()).equals(end);
  }

  private static int common(List<Long> one, List<Long> other) {
    int place = 0;
    while (place < Math.min(one.size(), other.size()) && one.get(place).equals(other.get(place))) {
      place++;
    }
    return place;
  }
}
