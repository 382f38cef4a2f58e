package org.ringward.sim.machine;

import java.util.ArrayList;
import java.util.List;
import org.ringward.sim.agents.AgentHost;
import org.ringward.sim.power.Fabric;
import org.ringward.sim.power.PowerSwitch;

/** Writes the configuration of a simulated cluster as CIB XML. */
public final class CibText {
  private final StringBuilder properties = new StringBuilder();
  private final StringBuilder resources = new StringBuilder();
  private final StringBuilder constraints = new StringBuilder();
  private final StringBuilder levels = new StringBuilder();
  private final List<String> names = new ArrayList<>();
  private final List<Setup.Clone> clones = new ArrayList<>();

  /** A cluster property. */
  public CibText property(String name, String value) {
    properties.append(pair("option-" + name, name, value));
    return this;
  }

  /** A meta attribute of a resource that is in the text already; without effect for others. */
  public CibText meta(String resource, String name, String value) {
    String set = "<meta_attributes id=\"%s-meta\">".formatted(resource);
    int at = resources.indexOf(set);
    if (at >= 0) {
      resources.insert(at + set.length(), pair(resource + "-" + name, name, value));
    }
    return this;
  }

  /** A fencing device for all machines. */
  public CibText fenceDevice(String id, int machines) {
    return fenceDevice(id, PowerSwitch.HONEST, machines);
  }

  /**
   * A fencing device for all machines.
   *
   * @param agent its fence agent
   * @param parameters further ones, names and values
   */
  public CibText fenceDevice(String id, String agent, int machines, String... parameters) {
    StringBuilder hosts = new StringBuilder();
    for (int machine = 1; machine <= machines; machine++) {
      hosts.append(machine == 1 ? "n" : " n").append(machine);
    }
    StringBuilder all = new StringBuilder(pair(id + "-hosts", "pcmk_host_list", hosts.toString()));
    for (int i = 0; i < parameters.length; i += 2) {
      all.append(pair(id + "-" + parameters[i], parameters[i], parameters[i + 1]));
    }
    resources.append(
        """
        <primitive id="%s" class="stonith" type="%s">\
        <instance_attributes id="%s-options">%s</instance_attributes>\
        <operations><op id="%s-monitor" name="monitor" interval="20s" timeout="10s"/>\
        <op id="%s-start" name="start" interval="0s" timeout="10s"/></operations></primitive>
        """
            .formatted(id, agent, id, all, id, id));
    return this;
  }

  /** A level of the fencing of all machines: all these devices must succeed. */
  public CibText fenceLevel(int index, int machines, String devices) {
    for (int machine = 1; machine <= machines; machine++) {
      levels.append(
          "<fencing-level id=\"level-%d-n%d\" target=\"n%d\" index=\"%d\" devices=\"%s\"/>%n"
              .formatted(index, machine, machine, index, devices));
    }
    return this;
  }

  /** The levels so far are forgotten. */
  public CibText noFenceLevels() {
    levels.setLength(0);
    return this;
  }

  /** Whether a resource of this text may migrate live. */
  public boolean mayMigrate(String resource) {
    return resources.indexOf(pair(resource + "-allow-migrate", "allow-migrate", "true")) >= 0;
  }

  /** A device that cuts the access of machines to the storage of some resources. */
  public CibText accessDevice(String id, int machines, String... covers) {
    int begin = resources.length();
    fenceDevice(id, Fabric.AGENT, machines);
    String device = resources.substring(begin);
    String meta =
        "<meta_attributes id=\"%s-meta\">%s</meta_attributes>"
            .formatted(id, pair(id + "-covers", "covers", String.join(" ", covers)));
    resources.setLength(begin);
    resources.append(device.replace("<operations>", meta + "<operations>"));
    return this;
  }

  /** A resource on its own. */
  public CibText resource(String id, int monitorSeconds, String... metaNamesAndValues) {
    resources.append(primitive(id, monitorSeconds, metaNamesAndValues));
    return this;
  }

  /** A virtual machine: it can migrate, and is at the target as soon as migrate_to has ended. */
  public CibText guest(String id, int monitorSeconds, String... metaNamesAndValues) {
    String primitive = primitive(id, monitorSeconds, metaNamesAndValues);
    resources.append(primitive.replace("type=\"Dummy\"", "type=\"" + AgentHost.GUEST + "\""));
    return this;
  }

  /** A group of resources. */
  public CibText group(String id, int monitorSeconds, String... members) {
    resources.append("<group id=\"%s\">\n".formatted(id));
    for (String member : members) {
      resources.append(primitive(member, monitorSeconds));
    }
    resources.append("</group>\n");
    return this;
  }

  /** A resource with an instance on every machine. */
  public CibText clone(String id, String resource, int monitorSeconds, String... metaAndValues) {
    StringBuilder meta = new StringBuilder();
    for (int i = 0; i < metaAndValues.length; i += 2) {
      meta.append(pair(id + "-" + metaAndValues[i], metaAndValues[i], metaAndValues[i + 1]));
    }
    boolean promotable = meta.indexOf("\"promotable\"") >= 0;
    String promoted =
        "<op id=\"%s-promoted\" name=\"monitor\" role=\"Promoted\" interval=\"%ds\" timeout=\"3s\"/>"
            .formatted(resource, monitorSeconds + 1);
    resources.append(
        """
        <clone id="%s"><meta_attributes id="%s-meta">%s</meta_attributes>\
        <primitive id="%s" class="ocf" provider="heartbeat" type="Dummy"><operations>\
        <op id="%s-monitor" name="monitor" interval="%ds" timeout="3s"/>%s\
        </operations></primitive></clone>
        """
            .formatted(
                id, id, meta, resource, resource, monitorSeconds, promotable ? promoted : ""));
    clones.add(new Setup.Clone(resource, promotable));
    return this;
  }

  /** How much a machine is liked for the promoted instance of a clone. */
  public CibText promotion(String clone, int machine, String score) {
    constraints.append(
        "<rsc_location id=\"promotion-%s-n%d\" rsc=\"%s\" role=\"Promoted\" node=\"n%d\" score=\"%s\"/>%n"
            .formatted(clone, machine, clone, machine, score));
    return this;
  }

  /** How much a resource likes a machine. */
  public CibText location(String resource, int machine, String score) {
    constraints.append(
        "<rsc_location id=\"location-%s-n%d\" rsc=\"%s\" node=\"n%d\" score=\"%s\"/>%n"
            .formatted(resource, machine, resource, machine, score));
    return this;
  }

  /** A resource stays together with, or away from, another. */
  public CibText colocation(String resource, String with, String score) {
    constraints.append(
        "<rsc_colocation id=\"colocation-%s-%s\" rsc=\"%s\" with-rsc=\"%s\" score=\"%s\"/>%n"
            .formatted(resource, with, resource, with, score));
    return this;
  }

  /** A resource starts after another. */
  public CibText order(String first, String then) {
    constraints.append(
        "<rsc_order id=\"order-%s-%s\" first=\"%s\" then=\"%s\"/>%n"
            .formatted(first, then, first, then));
    return this;
  }

  /** What runs on every machine. */
  public List<Setup.Clone> clones() {
    return clones;
  }

  /** The resources that run services on one machine, without fencing devices and groups. */
  public List<String> resources() {
    return names;
  }

  /** The document. */
  public String xml() {
    return """
    <cib admin_epoch="0" epoch="1" num_updates="0"><configuration>
    <crm_config><cluster_property_set id="cib-bootstrap-options">
    %s</cluster_property_set></crm_config>
    <nodes/>
    <resources>
    %s</resources>
    <constraints>
    %s</constraints>
    %s</configuration><status/></cib>
    """
        .formatted(properties, resources, constraints, topology());
  }

  private String topology() {
    return levels.isEmpty() ? "" : "<fencing-topology>\n" + levels + "</fencing-topology>\n";
  }

  private String primitive(String id, int monitorSeconds, String... metaNamesAndValues) {
    names.add(id);
    StringBuilder meta = new StringBuilder();
    for (int i = 0; i < metaNamesAndValues.length; i += 2) {
      String name = metaNamesAndValues[i];
      meta.append(pair(id + "-" + name, name, metaNamesAndValues[i + 1]));
    }
    return """
    <primitive id="%s" class="ocf" provider="heartbeat" type="Dummy">\
    <meta_attributes id="%s-meta">%s</meta_attributes><operations>\
    <op id="%s-monitor" name="monitor" interval="%ds" timeout="3s"/>\
    <op id="%s-start" name="start" interval="0s" timeout="3s"/>\
    <op id="%s-stop" name="stop" interval="0s" timeout="3s"/>\
    </operations></primitive>
    """
        .formatted(id, id, meta, id, monitorSeconds, id, id);
  }

  private static String pair(String id, String name, String value) {
    return "<nvpair id=\"%s\" name=\"%s\" value=\"%s\"/>%n".formatted(id, name, value);
  }
}
