package org.ringward.core.policy.model;

import java.util.List;
import org.ringward.core.cib.ResourceHistory;

/**
 * What one node remembers of one resource.
 *
 * @param entries in the order in which they happened
 */
public record NodeHistory(ResourceHistory source, List<HistoryEntry> entries) {
  public NodeHistory {
    entries = List.copyOf(entries);
  }
}
