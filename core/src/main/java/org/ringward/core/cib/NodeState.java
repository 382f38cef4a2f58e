package org.ringward.core.cib;

import java.util.List;

/**
 * What is known of one node ({@code node_state}): membership attributes, transient attributes,
 * resource histories.
 */
public record NodeState(
    Attributes attributes,
    List<AttributeSet> transientAttributes,
    List<ResourceHistory> histories,
    List<Element> others) {
  public NodeState {
    transientAttributes = List.copyOf(transientAttributes);
    histories = List.copyOf(histories);
    others = List.copyOf(others);
  }

  public String id() {
    return attributes.get("id", "");
  }

  public String uname() {
    return attributes.get("uname", id());
  }
}
