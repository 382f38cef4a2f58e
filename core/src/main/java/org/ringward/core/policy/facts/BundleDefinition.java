package org.ringward.core.policy.facts;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Attributes;
import org.ringward.core.cib.Element;
import org.ringward.core.policy.model.Values;

/**
 * A bundle as it is configured.
 *
 * @param child the bundled primitive, null without one
 * @param ports port mappings, the port on the host first
 */
record BundleDefinition(
    String id,
    String technology,
    Attributes container,
    int replicas,
    int replicasPerHost,
    int promotedMax,
    Attributes network,
    List<String> ports,
    List<Mount> mounts,
    @Nullable Element child) {

  static final String DEFAULT_PORT = "3121";

  /**
   * A directory of the host, seen inside the container.
   *
   * @param perReplica each replica has its own directory below the source
   */
  record Mount(String source, String target, @Nullable String options, boolean perReplica) {}

  /** Null when the element describes no container. */
  static @Nullable BundleDefinition of(Element bundle) {
    Element container = container(bundle);
    if (container == null) {
      return null;
    }
    Attributes attributes = container.attributes();
    String masters = attributes.get("promoted-max", attributes.get("masters", "0"));
    int promotedMax = (int) Math.max(0, Values.number(masters, 0));
    int replicas = (int) Values.number(attributes.get("replicas"), promotedMax);
    int perHost = (int) Values.number(attributes.get("replicas-per-host"), 1);
    Element network = Xml.child(bundle, "network");
    Element child = Xml.child(bundle, "primitive");
    Attributes net = network == null ? Attributes.NONE : network.attributes();
    boolean reachable = net.has("ip-range-start") || net.has("control-port");
    BundleDefinition definition =
        new BundleDefinition(
            Xml.id(bundle),
            container.name(),
            attributes,
            Math.max(1, replicas),
            Math.max(1, perHost),
            promotedMax,
            net,
            new ArrayList<>(),
            new ArrayList<>(),
            reachable ? child : null);
    if (network != null) {
      definition.readPorts(network);
    }
    definition.readMounts(Xml.inSection(bundle, "storage"));
    return definition;
  }

  private static @Nullable Element container(Element bundle) {
    for (Element child : bundle.children()) {
      switch (child.name()) {
        case "docker", "podman", "rkt" -> {
          return child;
        }
        default -> {}
      }
    }
    return null;
  }

  private void readPorts(Element network) {
    for (Element mapping : network.children()) {
      if (mapping.name().equals("port-mapping")) {
        String range = mapping.attributes().get("range");
        String port = mapping.attributes().get("port", range == null ? "" : range);
        ports.add(port + ":" + mapping.attributes().get("internal-port", port));
      }
    }
    if (child != null) {
      ports.add(controlPort() + ":" + controlPort());
    }
  }

  private void readMounts(List<Element> storage) {
    for (Element mapping : storage) {
      Attributes attributes = mapping.attributes();
      String root = attributes.get("source-dir-root");
      String source = attributes.get("source-dir", root == null ? "" : root);
      mounts.add(
          new Mount(
              source,
              attributes.get("target-dir", ""),
              attributes.get("options"),
              root != null && !attributes.has("source-dir")));
    }
    if (child != null) {
      mounts.add(new Mount("/etc/pacemaker/authkey", "/etc/pacemaker/authkey", null, false));
      mounts.add(new Mount("/var/log/pacemaker/bundles", "/var/log", null, true));
    }
  }

  String controlPort() {
    return network.get("control-port", DEFAULT_PORT);
  }

  /** Several replicas on one host have to be told apart. */
  boolean unique() {
    return replicasPerHost > 1;
  }

  String replica(int number) {
    return id + "-" + number;
  }

  /** The address of a replica, counted on from ip-range-start; null without it. */
  @Nullable String address(int number) {
    String start = network.get("ip-range-start");
    int dot = start == null ? -1 : start.lastIndexOf('.');
    if (start == null || dot < 0) {
      return null;
    }
    long last = Values.number(start.substring(dot + 1), 0) + number;
    return start.substring(0, dot + 1) + last;
  }
}
