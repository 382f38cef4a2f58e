package org.ringward.core.policy.facts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Attributes;
import org.ringward.core.cib.Element;

/**
 * The nodes that resources make: remote nodes behind ocf:pacemaker:remote primitives, guests in
 * primitives with the meta attribute remote-node and in the containers of bundles.
 *
 * @param bundleGuests those of the guests that are inside of bundles
 * @param connections the connections into primitives with remote-node, which nobody configured
 */
record RemoteNodes(
    Set<String> remotes, Set<String> guests, Set<String> bundleGuests, List<Element> connections) {

  static RemoteNodes find(Facts facts) {
    Templates templates = new Templates(facts.situation(), facts.rules());
    Set<String> remotes = new LinkedHashSet<>();
    Set<String> guests = new LinkedHashSet<>();
    List<Element> connections = new ArrayList<>();
    Set<String> inBundles = new LinkedHashSet<>();
    for (Element each : Xml.inSection(facts.situation().configuration, "resources")) {
      switch (each.name()) {
        case "primitive" -> {
          Element primitive = templates.expand(each);
          if (primitive != null && isConnection(primitive)) {
            remotes.add(Xml.id(each));
          } else if (primitive != null) {
            guest(primitive, guests, connections);
          }
        }
        case "group" -> {
          for (Element member : each.children()) {
            Element primitive = member.name().equals("primitive") ? templates.expand(member) : null;
            if (primitive != null) {
              guest(primitive, guests, connections);
            }
          }
        }
        case "bundle" -> {
          BundleDefinition bundle = BundleDefinition.of(each);
          if (bundle != null && bundle.child() != null) {
            for (int i = 0; i < bundle.replicas(); i++) {
              guests.add(bundle.replica(i));
              inBundles.add(bundle.replica(i));
            }
          }
        }
        default -> {}
      }
    }
    return new RemoteNodes(remotes, guests, inBundles, connections);
  }

  static boolean isConnection(Element primitive) {
    Attributes attributes = primitive.attributes();
    return attributes.get("type", "").equals("remote")
        && attributes.get("provider", "").equals("pacemaker")
        && attributes.get("class", "").equals("ocf");
  }

  private static void guest(Element primitive, Set<String> guests, List<Element> connections) {
    Map<String, String> meta = new LinkedHashMap<>();
    for (Element set : primitive.children()) {
      if (set.name().equals("meta_attributes")) {
        for (Element pair : set.children()) {
          String value = pair.attributes().get("value");
          if (value != null) {
            meta.putIfAbsent(pair.attributes().get("name", ""), value);
          }
        }
      }
    }
    String name = meta.get("remote-node");
    if (name != null && guests.add(name)) {
      connections.add(
          connection(
              name,
              Xml.id(primitive),
              meta.get("remote-allow-migrate"),
              meta.get("is-managed"),
              meta.get("remote-connect-timeout"),
              meta.get("remote-addr"),
              meta.get("remote-port")));
    }
  }

  /** The connection to a node inside of a container. */
  static Element connection(
      String name,
      @Nullable String container,
      @Nullable String migratable,
      @Nullable String managed,
      @Nullable String startTimeout,
      @Nullable String address,
      @Nullable String port) {
    Map<String, String> meta = new LinkedHashMap<>();
    meta.put("internal-rsc", "true");
    put(meta, "container", container);
    put(meta, "allow-migrate", migratable);
    put(meta, "is-managed", managed);
    Map<String, String> parameters = new LinkedHashMap<>();
    put(parameters, "addr", address);
    put(parameters, "port", port);
    List<Element> operations = new ArrayList<>();
    operations.add(operation(name, "monitor", "30s", "30s"));
    if (startTimeout != null) {
      operations.add(operation(name, "start", "0", startTimeout));
    }
    List<Element> children = new ArrayList<>();
    children.add(Xml.set("meta_attributes", name + "-meta_attributes", meta));
    if (!parameters.isEmpty()) {
      children.add(Xml.set("instance_attributes", name + "-instance_attributes", parameters));
    }
    children.add(Element.of("operations", Attributes.NONE, operations));
    return Element.of(
        "primitive",
        Attributes.of("id", name, "class", "ocf", "provider", "pacemaker", "type", "remote"),
        children);
  }

  static Element operation(
      String resource, String name, String interval, @Nullable String timeout) {
    Attributes attributes =
        Attributes.of(
            "id", resource + "-" + name + "-" + interval, "name", name, "interval", interval);
    return Element.of(
        "op", timeout == null ? attributes : attributes.with("timeout", timeout), List.of());
  }

  private static void put(Map<String, String> map, String name, @Nullable String value) {
    if (value != null) {
      map.put(name, value);
    }
  }
}
