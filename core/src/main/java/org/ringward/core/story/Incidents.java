package org.ringward.core.story;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.IncidentsReport.Incident;
import org.ringward.core.base.Decision;
import org.ringward.core.base.Decision.Kind;

/**
 * Cuts the records of all nodes into incidents: each begins with something that nobody wanted (a
 * lost node, a failure, the loss of quorum) or that somebody ordered, and ends when the coordinator
 * notes that nothing is left to do.
 */
public final class Incidents {
  /** What was noticed so long before the trouble was told belongs to it. */
  private static final long EVIDENCE_MILLIS = 5_000;

  private final List<Incident> incidents = new ArrayList<>();
  private final List<Decision> records = new ArrayList<>();
  private List<Decision> before = new ArrayList<>();
  private boolean open;

  private Incidents() {}

  /**
   * The incidents in these records, oldest first.
   *
   * @param decisions in the order of their clocks
   */
  public static List<Incident> of(List<Decision> decisions) {
    Incidents work = new Incidents();
    decisions.forEach(work::take);
    work.close(false);
    return List.copyOf(work.incidents);
  }

  private void take(Decision record) {
    if (!open && begins(record)) {
      open = true;
      before.stream()
          .filter(each -> each.wallMillis() >= record.wallMillis() - EVIDENCE_MILLIS)
          .forEach(records::add);
      before = new ArrayList<>();
    }
    if (!open) {
      before.add(record);
      return;
    }
    records.add(record);
    if (record.kind() == Kind.TRANSITION && record.fact("event").equals("settled")) {
      close(true);
    }
  }

  private void close(boolean over) {
    if (open && (over || records.stream().anyMatch(Incidents::isTrouble) || hasWork())) {
      Incident incident = new IncidentStory(records, over).incident(incidents.size() + 1);
      if (incident != null) {
        incidents.add(incident);
      }
    }
    records.clear();
    open = false;
  }

  private boolean hasWork() {
    return records.stream().anyMatch(each -> each.kind() == Kind.PLACEMENT);
  }

  private static boolean begins(Decision record) {
    return isTrouble(record)
        || record.kind() == Kind.OPERATOR
        || record.kind() == Kind.MEMBERSHIP
        || record.kind() == Kind.PLACEMENT
        || record.kind() == Kind.FENCE;
  }

  /** Whether nobody wanted that. */
  static boolean isTrouble(Decision record) {
    return switch (record.kind()) {
      case MEMBERSHIP, QUORUM -> record.fact("event").equals("lost");
      case FAILURE -> true;
      case GUARD -> record.fact("event").equals("stall");
      default -> false;
    };
  }

  /** The first record that began it: trouble before orders before everything else. */
  static @Nullable Decision cause(List<Decision> records) {
    for (Decision each : records) {
      if (isTrouble(each)) {
        return each;
      }
    }
    for (Decision each : records) {
      if (each.kind() == Kind.OPERATOR) {
        return each;
      }
    }
    return records.stream().filter(Incidents::begins).findFirst().orElse(null);
  }
}
