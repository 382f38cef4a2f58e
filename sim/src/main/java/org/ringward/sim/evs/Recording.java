package org.ringward.sim.evs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The histories of all processes of a run. */
public final class Recording {
  private final List<History> histories = new ArrayList<>();
  private final Map<Integer, Integer> lives = new HashMap<>();

  /** A process begins its life. */
  public History begin(int node) {
    History history = new History(node, lives.merge(node, 1, Integer::sum));
    histories.add(history);
    return history;
  }

  /** In the order in which they began. */
  public List<History> histories() {
    return histories;
  }

  /**
   * Ring ids that a node has given twice, because it lost its ring id file in between: they do not
   * tell two rings apart, so nothing is compared in them. The paper demands stable storage.
   */
  Set<RingId> ambiguous() {
    Set<RingId> installed = new HashSet<>();
    Set<Integer> forgetful = new HashSet<>();
    for (History history : histories) {
      if (history.isForgetful()) {
        forgetful.add(history.node());
      }
      for (Entry entry : history.entries()) {
        if (entry instanceof Entry.Regular regular) {
          installed.add(regular.ring());
        }
      }
    }
    Set<RingId> once = new HashSet<>();
    Set<RingId> twice = new HashSet<>();
    for (History history : histories) {
      if (forgetful.contains(history.node())) {
        for (long sequence : new HashSet<>(history.stored())) {
          RingId ring = new RingId(history.node(), sequence);
          if (installed.contains(ring) && !once.add(ring)) {
            twice.add(ring);
          }
        }
      }
    }
    return twice;
  }

  /**
   * Whether a ring of several nodes has a name that was given twice: then nodes that never were
   * together may take each other for companions, and much of what the paper promises is lost.
   */
  boolean isConfused() {
    Set<RingId> ambiguous = ambiguous();
    if (ambiguous.isEmpty()) {
      return false;
    }
    for (History history : histories) {
      for (Entry entry : history.entries()) {
        if (entry instanceof Entry.Regular regular
            && ambiguous.contains(regular.ring())
            && Long.bitCount(regular.members()) > 1) {
          return true;
        }
      }
    }
    return false;
  }
}
