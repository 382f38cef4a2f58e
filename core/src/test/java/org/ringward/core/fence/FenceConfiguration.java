package org.ringward.core.fence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ringward.core.cib.AttributeSet;
import org.ringward.core.cib.Attributes;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.Constraint;
import org.ringward.core.cib.FencingLevel;
import org.ringward.core.cib.Location;
import org.ringward.core.cib.NodeEntry;
import org.ringward.core.cib.Nvpair;
import org.ringward.core.cib.Primitive;
import org.ringward.core.cib.Resource;

/** Builds configurations for tests of fencing. */
final class FenceConfiguration {
  private final List<AttributeSet> properties = new ArrayList<>();
  private final List<NodeEntry> nodes = new ArrayList<>();
  private final List<Resource> resources = new ArrayList<>();
  private final List<Constraint> constraints = new ArrayList<>();
  private final List<FencingLevel> topology = new ArrayList<>();

  private boolean looks;

  /** With the look at the status after off, as it is by default; other stories are without it. */
  FenceConfiguration looks() {
    looks = true;
    return this;
  }

  FenceConfiguration property(String name, String value) {
    properties.add(set("cluster_property_set", Map.of(name, value)));
    return this;
  }

  FenceConfiguration node(String name, Map<String, String> attributes) {
    nodes.add(
        new NodeEntry(
            Attributes.of("id", "1", "uname", name),
            List.of(set("instance_attributes", attributes)),
            List.of()));
    return this;
  }

  FenceConfiguration device(String id, String agent, Map<String, String> parameters) {
    return device(id, agent, parameters, Map.of());
  }

  FenceConfiguration device(
      String id, String agent, Map<String, String> parameters, Map<String, String> meta) {
    resources.add(
        new Primitive(
            Attributes.of("id", id, "class", "stonith", "type", agent),
            List.of(set("instance_attributes", parameters), set("meta_attributes", meta)),
            List.of(),
            List.of()));
    return this;
  }

  FenceConfiguration service(String id) {
    resources.add(
        new Primitive(
            Attributes.of("id", id, "class", "ocf", "provider", "heartbeat", "type", "Dummy"),
            List.of(),
            List.of(),
            List.of()));
    return this;
  }

  FenceConfiguration location(String resource, String node, String score) {
    constraints.add(
        new Location(
            Attributes.of("id", resource + node, "rsc", resource, "node", node, "score", score),
            List.of()));
    return this;
  }

  FenceConfiguration level(int index, String devices, String... who) {
    Attributes attributes =
        Attributes.of("id", "level-" + index, "index", Integer.toString(index), "devices", devices);
    for (int i = 0; i < who.length; i += 2) {
      attributes = attributes.with(who[i], who[i + 1]);
    }
    topology.add(new FencingLevel(attributes, List.of()));
    return this;
  }

  Configuration build() {
    if (!looks) {
      property("fencing-status-check", "false");
    }
    return new Configuration(
        properties, nodes, resources, constraints, topology, List.of(), List.of(), List.of());
  }

  private static AttributeSet set(String element, Map<String, String> values) {
    List<Nvpair> pairs =
        values.entrySet().stream()
            .map(value ->
                new Nvpair(Attributes.of("name", value.getKey(), "value", value.getValue())))
            .toList();
    return new AttributeSet(element, Attributes.NONE, pairs, List.of());
  }
}
