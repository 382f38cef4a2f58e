package org.ringward.cli.demo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the client got in the last minutes: who answered when, and which tries failed. */
final class ClientView {
  private static final long MEMORY_NANOS = 300_000_000_000L;

  private final ArrayDeque<Answer> answers = new ArrayDeque<>();
  private final ArrayDeque<Long> failures = new ArrayDeque<>();
  private String lastReason = "";

  /** Takes a line of the client: {@code G NANOS NODE} or {@code F NANOS REASON}. */
  synchronized void take(String line) {
    String[] words = line.split(" ", 3);
    if (words.length < 3) {
      return;
    }
    long nanos = Long.parseLong(words[1]);
    if (words[0].equals("G")) {
      answers.addLast(new Answer(nanos, words[2]));
    } else {
      failures.addLast(nanos);
      lastReason = words[2];
    }
    while (!answers.isEmpty() && nanos - answers.getFirst().nanos() > MEMORY_NANOS) {
      answers.removeFirst();
    }
    while (!failures.isEmpty() && nanos - failures.getFirst() > MEMORY_NANOS) {
      failures.removeFirst();
    }
  }

  /** Good answers from the last one before that time on, ascending. */
  synchronized List<Answer> answersAround(long nanos) {
    List<Answer> found = new ArrayList<>();
    for (Answer answer : answers) {
      if (answer.nanos() - nanos < 0) {
        found.clear();
      }
      found.add(answer);
    }
    return found;
  }

  synchronized @Nullable Answer last() {
    return answers.peekLast();
  }

  /** Why the last failed try failed, empty when none did. */
  synchronized String lastReason() {
    return lastReason;
  }

  /** A good answer came after that time. */
  synchronized boolean answeredAfter(long nanos) {
    Answer last = answers.peekLast();
    return last != null && last.nanos() - nanos > 0;
  }

  /**
   * The last time as equal slices, oldest first: who answered in each, empty for nobody, null where
   * nothing was tried.
   */
  synchronized List<@Nullable String> slices(long untilNanos, long sliceNanos, int count) {
    List<@Nullable String> slices = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      slices.add(null);
    }
    for (long failure : failures) {
      put(slices, untilNanos, sliceNanos, failure, "");
    }
    for (Answer answer : answers) {
      put(slices, untilNanos, sliceNanos, answer.nanos(), answer.node());
    }
    return slices;
  }

  private static void put(
      List<@Nullable String> slices, long until, long slice, long nanos, String node) {
    long back = until - nanos;
    int index = slices.size() - 1 - (int) (back / slice);
    if (back >= 0 && index >= 0) {
      slices.set(index, node);
    }
  }
}
