package org.ringward.core.control;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.ringward.core.base.Decision;

/** The latest decisions of the cluster in their agreed order, bounded. */
final class Timeline {
  private static final int MOST = 2_000;

  private final Deque<Decision> decisions = new ArrayDeque<>();

  void add(Decision decision) {
    if (decisions.size() == MOST) {
      decisions.removeFirst();
    }
    decisions.addLast(decision);
  }

  /** Decisions not older than that, oldest first, at most so many of the latest. */
  List<Decision> since(long wallMillis, int most) {
    List<Decision> found = new ArrayList<>();
    decisions.stream().filter(each -> each.wallMillis() >= wallMillis).forEach(found::add);
    return found.subList(Math.max(0, found.size() - most), found.size());
  }

  /** What was decided about a subject, newest first, a line each. */
  List<String> about(String subject, int most) {
    List<String> lines = new ArrayList<>();
    decisions
        .descendingIterator()
        .forEachRemaining(each -> {
          if (each.subject().equals(subject) && lines.size() < most) {
            lines.add(line(each));
          }
        });
    return lines;
  }

  /** What was decided about a subject, newest first. */
  List<Decision> records(String subject) {
    List<Decision> records = new ArrayList<>();
    decisions
        .descendingIterator()
        .forEachRemaining(each -> {
          if (each.subject().equals(subject)) {
            records.add(each);
          }
        });
    return records;
  }

  private static String line(Decision decision) {
    return decision.why().isEmpty()
        ? decision.what()
        : decision.what() + " (" + String.join("; ", decision.why()) + ")";
  }
}
