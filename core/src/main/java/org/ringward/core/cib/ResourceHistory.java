package org.ringward.core.cib;

import java.util.List;

/** What one node remembers of one resource ({@code lrm_resource}). */
public record ResourceHistory(
    Attributes attributes, List<OperationRecord> operations, List<Element> others) {
  public ResourceHistory {
    operations = List.copyOf(operations);
    others = List.copyOf(others);
  }

  /** The id of the resource. */
  public String id() {
    return attributes.get("id", "");
  }
}
