package org.ringward.sim.evs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.sim.world.Violation;

/**
 * A world without faults comes to rest: all processes that live are in one ring of just them, it is
 * synchronised, they see the same groups, and members of a group from the beginning of that ring
 * have delivered the same in it (specifications 2.1 and 4 of the paper, without an end).
 */
final class Settled {
  private static final String RULE = "settles";

  private Settled() {}

  static void check(Map<History, List<Stretch>> stretches) {
    long alive = 0;
    for (History process : stretches.keySet()) {
      alive |= process.isAlive() ? Nodes.of(process.node()) : 0;
    }
    RingId ring = null;
    Map<Integer, Long> groups = new HashMap<>();
    Map<Integer, Piece> delivered = new HashMap<>();
    for (Map.Entry<History, List<Stretch>> entry : stretches.entrySet()) {
      History process = entry.getKey();
      if (!process.isAlive()) {
        continue;
      }
      Stretch last = last(process, entry.getValue(), alive);
      if (ring != null && !ring.equals(last.ring())) {
        throw broken(process, "is in ring %s, others in %s".formatted(last.ring(), ring));
      }
      ring = last.ring();
      GroupChecks checks = new GroupChecks(process);
      checks.check(entry.getValue());
      for (Map.Entry<Integer, Long> group : views(process).entrySet()) {
        Long other = groups.putIfAbsent(group.getKey(), group.getValue());
        if (other != null && other.longValue() != group.getValue()) {
          throw broken(
              process,
              "sees group %d as %s, others as %s"
                  .formatted(group.getKey(), Nodes.text(group.getValue()), Nodes.text(other)));
        }
      }
      for (Piece piece : checks.pieces()) {
        if (piece.stretch.index() == last.index() && piece.fromStart && piece.toEnd) {
          same(piece, delivered.putIfAbsent(piece.group, piece));
        }
      }
    }
    groups.forEach((group, members) -> agreed(stretches, group, members));
  }

  private static Stretch last(History process, List<Stretch> stretches, long alive) {
    if (stretches.isEmpty()) {
      throw broken(process, "never came to a ring");
    }
    Stretch last = stretches.getLast();
    if (last.installed().members() != alive) {
      throw broken(
          process,
          "is in ring %s of %s, but %s live"
              .formatted(last.ring(), Nodes.text(last.installed().members()), Nodes.text(alive)));
    }
    if (last.transitional() != null) {
      throw broken(process, "is between two rings");
    }
    if (last.regular().stream().noneMatch(Entry.Synchronised.class::isInstance)) {
      throw broken(process, "was never synchronised in ring " + last.ring());
    }
    return last;
  }

  /** The members of the groups that the process is in. */
  private static Map<Integer, Long> views(History process) {
    Map<Integer, Long> views = new TreeMap<>();
    for (Entry entry : process.entries()) {
      if (entry instanceof Entry.GroupChange change) {
        views.put(change.group(), change.members());
      }
    }
    views.values().removeIf(members -> !Nodes.has(members, process.node()));
    return views;
  }

  /** Who is a member for others must be one for itself. */
  private static void agreed(Map<History, List<Stretch>> stretches, int group, long members) {
    for (History process : stretches.keySet()) {
      if (process.isAlive()
          && Nodes.has(members, process.node()) != views(process).containsKey(group)) {
        throw broken(
            process,
            "is not what others see in group %d: %s".formatted(group, Nodes.text(members)));
      }
    }
  }

  private static void same(Piece piece, @Nullable Piece other) {
    if (other != null && !piece.contents().equals(other.contents())) {
      throw broken(
          piece.stretch.process(),
          "delivered %d messages and changes of group %d in ring %s, %s %d"
              .formatted(
                  piece.regular.size(),
                  piece.group,
                  piece.stretch.ring(),
                  other.stretch.process(),
                  other.regular.size()));
    }
  }

  private static Violation broken(History process, String what) {
    return new Violation(RULE, process + " " + what);
  }
}
