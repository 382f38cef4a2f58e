package org.ringward.core.policy.facts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ringward.core.cib.Attributes;
import org.ringward.core.cib.Element;

/** Writes down the primitives and the clone that a bundle stands for. */
final class BundleElements {
  private final BundleDefinition bundle;

  BundleElements(BundleDefinition bundle) {
    this.bundle = bundle;
  }

  Element address(String address) {
    String id = bundle.id() + "-ip-" + address;
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("ip", address);
    String device = bundle.network().get("host-interface");
    if (device != null) {
      parameters.put("nic", device);
    }
    parameters.put("cidr_netmask", bundle.network().get("host-netmask", "32"));
    return primitive(id, "IPaddr2", parameters);
  }

  Element container(int number) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("image", bundle.container().get("image", ""));
    parameters.put("allow_pull", "true");
    parameters.put("force_kill", "false");
    parameters.put("reuse", "false");
    parameters.put("run_opts", options(number));
    parameters.put("mount_points", mountPoints(number));
    String command =
        bundle
            .container()
            .get("run-command", bundle.child() == null ? "" : "/usr/sbin/pacemaker-remoted");
    if (!command.isEmpty()) {
      parameters.put("run_cmd", command);
    }
    parameters.put("monitor_cmd", "/bin/true");
    String id = bundle.id() + "-" + bundle.technology() + "-" + number;
    return primitive(id, bundle.technology(), parameters);
  }

  Element connection(int number) {
    String name = bundle.replica(number);
    String address = bundle.address(number);
    // Without an address of its own the container is reached by way of its host.
    return RemoteNodes.connection(
        name,
        bundle.id() + "-" + bundle.technology() + "-" + number,
        null,
        null,
        null,
        address == null ? "#uname" : address,
        bundle.controlPort());
  }

  Element clone(Element child) {
    boolean promotable = bundle.promotedMax() > 0;
    String id = bundle.id() + (promotable ? "-master" : "-clone");
    Map<String, String> meta = new LinkedHashMap<>();
    meta.put("ordered", "true");
    meta.put("clone-max", Integer.toString(bundle.replicas()));
    meta.put("clone-node-max", Integer.toString(bundle.replicasPerHost()));
    meta.put("globally-unique", Boolean.toString(bundle.unique()));
    if (promotable) {
      meta.put("promotable", "true");
      meta.put("promoted-max", Integer.toString(bundle.promotedMax()));
    }
    return Element.of(
        "clone",
        Attributes.of("id", id),
        List.of(Xml.set("meta_attributes", id + "-meta", meta), child));
  }

  private static Element primitive(String id, String type, Map<String, String> parameters) {
    return Element.of(
        "primitive",
        Attributes.of("id", id, "class", "ocf", "provider", "heartbeat", "type", type),
        List.of(
            Xml.set("instance_attributes", id + "-attributes", parameters),
            Element.of(
                "operations",
                Attributes.NONE,
                List.of(RemoteNodes.operation(id, "monitor", "60s", null)))));
  }

  private String source(BundleDefinition.Mount mount, int number) {
    return mount.perReplica() ? mount.source() + "/" + bundle.replica(number) : mount.source();
  }

  private String mountPoints(int number) {
    StringBuilder text = new StringBuilder();
    for (BundleDefinition.Mount mount : bundle.mounts()) {
      if (mount.perReplica()) {
        text.append(text.isEmpty() ? "" : ",").append(source(mount, number));
      }
    }
    return text.toString();
  }

  /** What the container is created with, in the order in which the agent has always got it. */
  private String options(int number) {
    String address = bundle.address(number);
    String network = bundle.container().get("network");
    StringBuilder text = new StringBuilder();
    if (bundle.technology().equals("docker")) {
      text.append(" --restart=no");
    }
    if (address != null) {
      text.append(" -h ").append(bundle.replica(number));
    }
    text.append(" -e PCMK_stderr=1");
    if (network != null) {
      text.append(" --net=").append(network);
    }
    text.append(" -e PCMK_remote_port=").append(bundle.controlPort());
    for (BundleDefinition.Mount mount : bundle.mounts()) {
      text.append(" -v ").append(source(mount, number)).append(':').append(mount.target());
      if (mount.options() != null) {
        text.append(':').append(mount.options());
      }
    }
    for (String port : bundle.ports()) {
      if (address != null) {
        text.append(" -p ").append(address).append(':').append(port);
      } else if (!"host".equals(network)) {
        text.append(" -p ").append(port);
      }
    }
    if (bundle.container().has("options")) {
      text.append(' ').append(bundle.container().get("options"));
    }
    return text.append(' ').append(hosts()).toString();
  }

  private String hosts() {
    StringBuilder text = new StringBuilder();
    boolean wanted = !"false".equalsIgnoreCase(bundle.network().get("add-host", "true"));
    for (int i = 0; wanted && i < bundle.replicas(); i++) {
      String address = bundle.address(i);
      if (address != null) {
        text.append(" --add-host=").append(bundle.replica(i)).append(':').append(address);
      }
    }
    return text.toString();
  }
}
