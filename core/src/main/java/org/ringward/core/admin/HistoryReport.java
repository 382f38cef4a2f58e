package org.ringward.core.admin;

import java.util.List;

/**
 * The configurations that were in force, as far as the node that answers has them.
 *
 * @param node the node that answers
 * @param entries oldest first; the last that is not set aside is in force
 */
public record HistoryReport(String node, List<Entry> entries) implements AdminReply.Report {
  public HistoryReport {
    entries = List.copyOf(entries);
  }

  /**
   * One configuration.
   *
   * @param version admin_epoch.epoch; followed by ~ and a mark when it was set aside
   * @param author empty when it is not known here
   * @param aside whether it was in force on one side only and given up when the nodes met again
   * @param changes what differs from the one before, a line each
   */
  public record Entry(
      String version,
      long wallMillis,
      String author,
      String what,
      String reason,
      boolean aside,
      List<String> changes) {
    public Entry {
      changes = List.copyOf(changes);
    }
  }
}
