package org.ringward.core.admin;

import java.util.ArrayList;
import java.util.List;

/**
 * What a cluster's own configuration did in the simulator under every fault that was tried.
 *
 * @param cluster its name
 * @param version of the configuration
 * @param nodes how many
 * @param resources how many that are no fencing devices
 * @param tookMillis of real time
 * @param notes how the simulated cluster differs from the real one, a sentence each
 */
public record RehearsalReport(
    String cluster,
    String version,
    int nodes,
    int resources,
    long tookMillis,
    List<Case> cases,
    List<String> notes)
    implements AdminReply.Report {
  public RehearsalReport {
    cases = List.copyOf(cases);
    notes = List.copyOf(notes);
  }

  /**
   * One fault, or several at once.
   *
   * @param fault in words: node a off
   * @param verdict untouched, recovers, loses, waits (for a person or a repair) or unsafe
   * @param sentence why, empty where the rest says it all
   * @param backAfterMillis from the fault until the last service was back, 0 when none was gone
   * @param moves every service that was stopped or moved
   * @param fenced who was fenced, or counted as off, in order
   * @param lost services that ran before and do not any more
   */
  public record Case(
      String fault,
      String verdict,
      String sentence,
      long backAfterMillis,
      List<Move> moves,
      List<String> fenced,
      List<String> lost) {
    public Case {
      moves = List.copyOf(moves);
      fenced = List.copyOf(fenced);
      lost = List.copyOf(lost);
    }
  }

  /**
   * A service that did not stay as it was.
   *
   * @param from where it ran, empty for nowhere
   * @param to where it runs, empty for nowhere
   * @param goneMillis how long it was gone, 0 where it always ran somewhere
   */
  public record Move(String resource, String from, String to, long goneMillis) {}

  /** How many cases have that verdict. */
  public long count(String verdict) {
    return cases.stream().filter(each -> each.verdict().equals(verdict)).count();
  }

  /** The result in one sentence, with what must not be overlooked. */
  public String sentence() {
    StringBuilder text = new StringBuilder();
    text.append(cases.size()).append(cases.size() == 1 ? " fault: " : " faults: ");
    List<String> parts = new ArrayList<>();
    for (String verdict : List.of("untouched", "recovers", "loses", "waits", "unsafe")) {
      if (count(verdict) > 0) {
        parts.add(count(verdict) + " " + verdict);
      }
    }
    return text.append(String.join(", ", parts)).toString();
  }
}
