package org.ringward.core.cib;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /** The record with that id, null when there is none. */
  public @Nullable OperationRecord operation(String id) {
    for (OperationRecord each : operations) {
      if (each.id().equals(id)) {
        return each;
      }
    }
    return null;
  }

  /** With the record, in place of the one with the same id. */
  public ResourceHistory with(OperationRecord operation) {
    return new ResourceHistory(
        attributes, Lists.put(operations, operation, OperationRecord::id), others);
  }

  /** Without the record with that id. */
  public ResourceHistory without(String id) {
    List<OperationRecord> left = new ArrayList<>(operations);
    left.removeIf(each -> each.id().equals(id));
    return new ResourceHistory(attributes, left, others);
  }
}
