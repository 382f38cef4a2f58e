package org.ringward.sim.evs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ringward.sim.world.Violation;

/**
 * What a group delivered in one regular configuration, as its members together tell it.
 * Specification 6 of the paper, totally ordered (agreed) delivery: all deliver in one order (6.1,
 * 6.2), and nobody leaves out what another one delivers in between (6.3); so each message has one
 * successor.
 */
final class Chain {
  private static final String RULE = "EVS 6 agreed delivery";
  private static final long START = 1;

  /** Names that are messages and not changes. */
  private final Set<Long> messages = new HashSet<>();

  private final Map<Long, Long> next = new HashMap<>();
  private final Map<Long, Long> previous = new HashMap<>();
  private final Map<Long, History> witness = new HashMap<>();
  private final Map<Long, Integer> places = new HashMap<>();
  private final List<Long> order = new ArrayList<>();

  /** Takes what a member delivered in the regular configuration. */
  void add(Piece piece) {
    for (Entry entry : piece.regular) {
      if (Piece.isAnchor(entry)) {
        messages.add(((Entry.Delivered) entry).message());
      }
    }
    long before = piece.fromStart ? START : 0;
    for (long key : piece.keys()) {
      if (before != 0) {
        link(piece, before, key);
      }
      before = key;
    }
  }

  private void link(Piece piece, long before, long key) {
    Long other = next.putIfAbsent(before, key);
    Long otherBefore = previous.putIfAbsent(key, before);
    if ((other != null && other != key) || (otherBefore != null && otherBefore != before)) {
      throw new Violation(
          RULE,
          "%s: %s comes behind %s; for %s, %s"
              .formatted(
                  piece,
                  text(key),
                  text(before),
                  witness.get(other != null && other != key ? before : key),
                  other != null && other != key
                      ? text(other) + " does"
                      : "it comes behind " + text(otherBefore == null ? 0 : otherBefore)));
    }
    witness.putIfAbsent(before, piece.stretch.process());
    witness.putIfAbsent(key, piece.stretch.process());
  }

  private String text(long key) {
    if (key == START) {
      return "the configuration";
    }
    return messages.contains(key) ? MessageId.text(key) : "a change or short message";
  }

  /** Numbers the messages from the beginning on, if there is one. */
  void number() {
    Long key = next.containsKey(START) ? next.get(START) : onlyBeginning();
    while (key != null && places.putIfAbsent(key, order.size()) == null) {
      order.add(key);
      key = next.get(key);
    }
  }

  /** What nothing is known to come before, when the group was formed on the way. */
  private @Nullable Long onlyBeginning() {
    Long beginning = null;
    for (Long key : next.keySet()) {
      if (!previous.containsKey(key)) {
        if (beginning != null) {
          return null;
        }
        beginning = key;
      }
    }
    return beginning;
  }

  /**
   * In the transitional configuration a process goes on in the order, and leaves out only messages
   * of those who do not come along (6.3; self-delivery and failure atomicity of those who do).
   */
  void transitional(Piece piece) {
    Entry.@Nullable Transitional change = piece.stretch.transitional();
    if (change == null || !piece.toEnd) {
      return;
    }
    int last = -1;
    boolean placed = piece.fromStart;
    for (long key : piece.keys()) {
      Integer place = places.get(key);
      if (place != null) {
        last = place;
        placed = true;
      }
    }
    if (!placed) {
      return;
    }
    for (Entry entry : piece.rest) {
      if (Piece.isAnchor(entry)) {
        Integer place = places.get(((Entry.Delivered) entry).message());
        if (place != null) {
          leftOut(piece, last, place, change.members());
          last = place;
        }
      }
    }
    leftOut(piece, last, order.size(), change.members());
  }

  private void leftOut(Piece piece, int from, int to, long company) {
    if (to <= from) {
      throw new Violation(
          RULE, "%s: %s comes again or too late".formatted(piece, text(order.get(to))));
    }
    for (int place = from + 1; place < to; place++) {
      long key = order.get(place);
      if (messages.contains(key) && Nodes.has(company, MessageId.node(key))) {
        throw new Violation(
            RULE,
            "%s: left out %s, whose sender comes along".formatted(piece, MessageId.text(key)));
      }
    }
  }
}
