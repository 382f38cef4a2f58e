package org.ringward.core.control;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.ringward.core.base.Decision;
import org.ringward.core.base.HybridClock;

/**
 * The latest records of all nodes in the order of their stamps, each once, bounded. Nodes that were
 * apart tell each other what they noted meanwhile, so records may come late and twice.
 */
final class Timeline {
  private static final int MOST = 2_000;

  private final TreeMap<String, Decision> decisions = new TreeMap<>();

  /** The same under the numbers of their arrival here, which is not always their order. */
  private final TreeMap<Long, Decision> arrivals = new TreeMap<>();

  private long total;

  /** Whether the record is new here. */
  boolean add(Decision decision) {
    boolean isNew = decisions.putIfAbsent(name(decision), decision) == null;
    if (isNew) {
      arrivals.put(++total, decision);
    }
    if (arrivals.size() > MOST) {
      arrivals.pollFirstEntry();
    }
    if (decisions.size() > MOST) {
      decisions.pollFirstEntry();
    }
    return isNew;
  }

  private static String name(Decision decision) {
    // What has no stamp comes from an older version: told apart by all it says.
    return decision.clock().isEmpty()
        ? HybridClock.at(decision.wallMillis()) + decision
        : decision.clock() + decision.node();
  }

  /** Decisions not older than that, oldest first, at most so many of the latest. */
  List<Decision> since(long wallMillis, int most) {
    List<Decision> found = new ArrayList<>();
    decisions.values().stream().filter(each -> each.wallMillis() >= wallMillis).forEach(found::add);
    return found.subList(Math.max(0, found.size() - most), found.size());
  }

  /** Records with that stamp or a later one, oldest first, at most so many of the latest. */
  List<Decision> after(String stamp, int most) {
    List<Decision> found = new ArrayList<>(decisions.tailMap(stamp, true).values());
    return found.subList(Math.max(0, found.size() - most), found.size());
  }

  /** How many decisions were ever added; the latest has this number. */
  long total() {
    return total;
  }

  /**
   * The decisions that arrived behind that number, as far as they are still here, in that order.
   */
  List<Decision> after(long number) {
    return List.copyOf(arrivals.tailMap(number, false).values());
  }

  /** What was decided about a subject, newest first, a line each. */
  List<String> about(String subject, int most) {
    List<String> lines = new ArrayList<>();
    for (Decision each : decisions.descendingMap().values()) {
      if (each.subject().equals(subject) && lines.size() < most) {
        lines.add(line(each));
      }
    }
    return lines;
  }

  /** What was decided about a subject, newest first. */
  List<Decision> records(String subject) {
    List<Decision> records = new ArrayList<>(decisions.descendingMap().values());
    records.removeIf(each -> !each.subject().equals(subject));
    return records;
  }

  private static String line(Decision decision) {
    return decision.why().isEmpty()
        ? decision.what()
        : decision.what() + " (" + String.join("; ", decision.why()) + ")";
  }
}
