package org.ringward.core.cib;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A resource run by an agent; fencing devices are primitives of class stonith. */
public record Primitive(
    Attributes attributes,
    List<AttributeSet> sets,
    List<Operation> operations,
    List<Element> others)
    implements Resource {
  public Primitive {
    sets = List.copyOf(sets);
    operations = List.copyOf(operations);
    others = List.copyOf(others);
  }

  @Override
  public String id() {
    return attributes.get("id", "");
  }

  @Override
  public List<Resource> inner() {
    return List.of();
  }

  @Override
  public List<Primitive> primitives() {
    return List.of(this);
  }

  @Override
  public Resource with(Resource other) {
    return other.id().equals(id()) ? other : this;
  }

  /** The agent class: ocf, stonith, lsb, systemd. */
  public String agentClass() {
    return attributes.get("class", "");
  }

  /** The provider of an ocf agent, empty for other classes. */
  public String provider() {
    return attributes.get("provider", "");
  }

  public String type() {
    return attributes.get("type", "");
  }

  public boolean isFencingDevice() {
    return agentClass().equals("stonith");
  }

  /** A meta attribute as configured on this resource itself, null when it is not set here. */
  public @Nullable String meta(String name) {
    return Sets.value(sets, "meta_attributes", name);
  }

  /** An instance attribute as configured, null when it is not set. */
  public @Nullable String parameter(String name) {
    return Sets.value(sets, "instance_attributes", name);
  }

  public Primitive withMeta(String name, String value) {
    return withSets(Sets.with(sets, "meta_attributes", id() + "-meta_attributes", name, value));
  }

  public Primitive withParameter(String name, String value) {
    return withSets(
        Sets.with(sets, "instance_attributes", id() + "-instance_attributes", name, value));
  }

  public Primitive withSets(List<AttributeSet> changed) {
    return new Primitive(attributes, changed, operations, others);
  }

  /** The agent as people write it: ocf:heartbeat:IPaddr2, stonith:fence_ipmilan. */
  public String agent() {
    String front = provider().isEmpty() ? agentClass() : agentClass() + ":" + provider();
    return front + ":" + type();
  }
}
