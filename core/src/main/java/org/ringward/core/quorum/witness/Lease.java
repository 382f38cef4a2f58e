package org.ringward.core.quorum.witness;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How long a node may count the vote of a witness. The time runs from when the report was sent that
 * the witness answered, and a hundredth of it is left out: clocks of a node and its witness may
 * differ by half a hundredth each before both sides could count the vote at once.
 */
final class Lease {
  private static final int REMEMBERED_MOST = 64;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private record Sent(int sequence, long at) {}

  private final Deque<Sent> sent = new ArrayDeque<>();
  private int firstCounted;
  private long until = Long.MIN_VALUE;

  /** A report goes out. */
  void asked(int sequence, long now) {
    if (sent.size() == REMEMBERED_MOST) {
      sent.removeFirst();
    }
    sent.add(new Sent(sequence, now));
  }

  /** No answer to a report before this one counts. */
  void countFrom(int sequence) {
    firstCounted = sequence;
    until = Long.MIN_VALUE;
  }

  /** Another connection: its answers are to its own reports. What is held is held. */
  void reconnected() {
    sent.clear();
    firstCounted = 0;
  }

  /** Whether an answer to this report is about where the node stands now. */
  boolean counts(int sequence) {
    return sequence >= firstCounted;
  }

  /** When the report was sent, Long.MIN_VALUE when that is forgotten. */
  long sentAt(int sequence) {
    while (!sent.isEmpty() && sent.getFirst().sequence() < sequence) {
      sent.removeFirst();
    }
    return sent.isEmpty() || sent.getFirst().sequence() != sequence
        ? Long.MIN_VALUE
        : sent.getFirst().at();
  }

  /** When the oldest report without answer was sent, Long.MAX_VALUE for none. */
  long unansweredSince(int answered) {
    for (Sent each : sent) {
      if (each.sequence() > answered) {
        return each.at();
      }
    }
    return Long.MAX_VALUE;
  }

  /** The vote is given in answer to a report that was sent then. */
  void extend(long sentAt, int millis) {
    if (sentAt != Long.MIN_VALUE) {
      until = Math.max(until, sentAt + millis * NANOS_PER_MILLI / 100 * 99);
    }
  }

  void drop() {
    until = Long.MIN_VALUE;
  }

  boolean holds(long now) {
    return until > now;
  }

  long until() {
    return until;
  }
}
