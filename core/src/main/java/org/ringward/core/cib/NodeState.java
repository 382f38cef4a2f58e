package org.ringward.core.cib;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /** A node of which nothing is known but its id and name. */
  public static NodeState of(String id, String uname) {
    return new NodeState(Attributes.of("id", id, "uname", uname), List.of(), List.of(), List.of());
  }

  public String id() {
    return attributes.get("id", "");
  }

  public String uname() {
    return attributes.get("uname", id());
  }

  /** What is remembered of a resource, null when nothing. */
  public @Nullable ResourceHistory history(String resource) {
    for (ResourceHistory each : histories) {
      if (each.id().equals(resource)) {
        return each;
      }
    }
    return null;
  }

  /** A transient attribute such as a fail count, null when it is not set. */
  public @Nullable String transientAttribute(String name) {
    return Sets.value(transientAttributes, "instance_attributes", name);
  }

  /**
   * Whether the node is in the membership: in_ccm is true, or the time since when it is, which is
   * not 0.
   */
  public boolean inCcm() {
    String value = attributes.get("in_ccm", "");
    return Booleans.isTrue(value) || Numbers.longOr(value, 0) > 0;
  }

  /** Whether the node's cluster manager takes part: crmd is online, or the time since when. */
  public boolean crmdOnline() {
    String value = attributes.get("crmd", "");
    return value.equals("online") || Numbers.longOr(value, 0) > 0;
  }

  /** member, down, pending ..., empty when it is not set. */
  public String join() {
    return attributes.get("join", "");
  }

  /** member or down, empty when it is not set. */
  public String expected() {
    return attributes.get("expected", "");
  }

  public NodeState withAttribute(String name, String value) {
    return new NodeState(attributes.with(name, value), transientAttributes, histories, others);
  }

  public NodeState withoutAttribute(String name) {
    return new NodeState(attributes.without(name), transientAttributes, histories, others);
  }

  /** With the history, in place of the one of the same resource. */
  public NodeState withHistory(ResourceHistory history) {
    return withHistories(Lists.put(histories, history, ResourceHistory::id));
  }

  public NodeState withHistories(List<ResourceHistory> changed) {
    return new NodeState(attributes, transientAttributes, changed, others);
  }

  public NodeState withoutHistory(String resource) {
    List<ResourceHistory> left = new ArrayList<>(histories);
    left.removeIf(each -> each.id().equals(resource));
    return withHistories(left);
  }

  /** With the transient attribute set; sets are named as Pacemaker names them. */
  public NodeState withTransientAttribute(String name, String value) {
    return withTransientAttributes(
        Sets.with(transientAttributes, "instance_attributes", "status-" + id(), name, value));
  }

  public NodeState withoutTransientAttribute(String name) {
    return withTransientAttributes(Sets.without(transientAttributes, "instance_attributes", name));
  }

  public NodeState withTransientAttributes(List<AttributeSet> changed) {
    return new NodeState(attributes, changed, histories, others);
  }
}
