package org.ringward.core.cib;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A configured node; sets are its permanent instance_attributes and utilization. */
public record NodeEntry(Attributes attributes, List<AttributeSet> sets, List<Element> others) {
  public NodeEntry {
    sets = List.copyOf(sets);
    others = List.copyOf(others);
  }

  /** The id as in the file; for cluster nodes the decimal node id. */
  public String id() {
    return attributes.get("id", "");
  }

  /** The name. */
  public String uname() {
    return attributes.get("uname", id());
  }

  /** A permanent node attribute such as standby or maintenance, null when it is not set. */
  public @Nullable String attribute(String name) {
    return Sets.value(sets, "instance_attributes", name);
  }

  /** With the permanent node attribute set. */
  public NodeEntry withAttribute(String name, String value) {
    return new NodeEntry(
        attributes, Sets.with(sets, "instance_attributes", "nodes-" + id(), name, value), others);
  }

  public NodeEntry withoutAttribute(String name) {
    return new NodeEntry(attributes, Sets.without(sets, "instance_attributes", name), others);
  }

  public NodeEntry withSets(List<AttributeSet> changed) {
    return new NodeEntry(attributes, changed, others);
  }
}
