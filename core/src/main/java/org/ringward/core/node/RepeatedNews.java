package org.ringward.core.node;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Decides when something that happens again and again is worth a line of the log: at its first
 * sight, and from then on at most once a minute when there was more of it.
 */
final class RepeatedNews {
  private static final long PAUSE_NANOS = 60_000_000_000L;

  /** What strangers can make happen must not fill the memory. */
  private static final int SUBJECTS_MAX = 1024;

  private final Map<String, Told> told = new LinkedHashMap<>();

  private record Told(long count, long nanos) {}

  /** Whether to tell now; the subject's count counts as told then. */
  boolean isDue(String subject, long count, long now) {
    Told before = told.get(subject);
    if (before != null && (count <= before.count || now - before.nanos < PAUSE_NANOS)) {
      return false;
    }
    if (before == null && told.size() >= SUBJECTS_MAX) {
      return false;
    }
    told.put(subject, new Told(count, now));
    return true;
  }
}
