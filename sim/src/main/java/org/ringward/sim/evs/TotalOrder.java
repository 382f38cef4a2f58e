package org.ringward.sim.evs;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ringward.sim.world.Violation;

/**
 * One order over all groups of a configuration (specification 6.1 of the paper), in which every
 * message comes behind what its sender had delivered when it sent it (specification 5, causal
 * delivery): the graph of all these steps has no circle.
 */
final class TotalOrder {
  private static final String RULE = "EVS 5 and 6 causal and total order";

  private final Map<Long, Integer> numbers = new HashMap<>();
  private final List<Long> messages = new ArrayList<>();
  private final Set<Long> known = new HashSet<>();
  private int[] from = new int[64];
  private int[] to = new int[64];
  private int edges;

  /** The order in which a process delivered in that configuration. */
  void add(Stretch stretch) {
    int before = -1;
    for (List<Entry> part : List.of(stretch.regular(), stretch.rest())) {
      for (Entry entry : part) {
        if (Piece.isAnchor(entry)) {
          int number = number(((Entry.Delivered) entry).message());
          if (before >= 0) {
            edge(before, number);
          }
          before = number;
        }
      }
    }
  }

  /** What a process had delivered when it sent, with all deliveries of the configuration known. */
  void causes(Stretch stretch) {
    long last = 0;
    for (List<Entry> part : List.of(stretch.regular(), stretch.rest())) {
      for (Entry entry : part) {
        if (Piece.isAnchor(entry)) {
          last = ((Entry.Delivered) entry).message();
        } else if (last != 0 && entry instanceof Entry.Accepted accepted) {
          Integer number = numbers.get(accepted.message());
          Integer cause = numbers.get(last);
          if (number != null && cause != null) {
            edge(cause, number);
          }
        }
      }
    }
  }

  private int number(long message) {
    @Nullable Integer number = numbers.get(message);
    if (number == null) {
      number = messages.size();
      numbers.put(message, number);
      messages.add(message);
    }
    return number;
  }

  private void edge(int before, int behind) {
    if (!known.add(((long) before << 32) | behind)) {
      return;
    }
    if (edges == from.length) {
      from = Arrays.copyOf(from, 2 * edges);
      to = Arrays.copyOf(to, 2 * edges);
    }
    from[edges] = before;
    to[edges++] = behind;
  }

  /** Takes away again and again what nothing comes before; all must go. */
  void check(RingId ring) {
    int count = messages.size();
    int[] waiting = new int[count];
    int[] starts = new int[count + 1];
    for (int i = 0; i < edges; i++) {
      waiting[to[i]]++;
      starts[from[i] + 1]++;
    }
    for (int i = 0; i < count; i++) {
      starts[i + 1] += starts[i];
    }
    int[] behind = new int[edges];
    int[] fill = Arrays.copyOf(starts, count);
    for (int i = 0; i < edges; i++) {
      behind[fill[from[i]]++] = to[i];
    }
    ArrayDeque<Integer> free = new ArrayDeque<>();
    for (int i = 0; i < count; i++) {
      if (waiting[i] == 0) {
        free.add(i);
      }
    }
    int gone = 0;
    while (!free.isEmpty()) {
      int message = free.remove();
      gone++;
      for (int i = starts[message]; i < starts[message + 1]; i++) {
        if (--waiting[behind[i]] == 0) {
          free.add(behind[i]);
        }
      }
    }
    if (gone < count) {
      int stuck = 0;
      while (waiting[stuck] == 0) {
        stuck++;
      }
      throw new Violation(
          RULE,
          "in ring %s %s comes before itself".formatted(ring, MessageId.text(messages.get(stuck))));
    }
  }
}
