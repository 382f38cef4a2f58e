package org.ringward.core.cib;

/** One remembered result of an operation on a node ({@code lrm_rsc_op}). */
public record OperationRecord(Attributes attributes) {
  public String id() {
    return attributes.get("id", "");
  }
}
