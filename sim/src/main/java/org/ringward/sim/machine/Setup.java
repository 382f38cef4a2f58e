package org.ringward.sim.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.QuorumSettings;
import org.ringward.core.config.RegionSettings;
import org.ringward.core.config.TotemSettings;
import org.ringward.core.config.TotemTimes;
import org.ringward.core.config.WatchdogSettings;
import org.ringward.core.config.WatchdogTimes;

/**
 * What a simulated cluster is made of.
 *
 * @param machines 2 to 5
 * @param resources the resources that are configured and exclusive
 * @param clones what runs on every machine
 * @param configuration the cluster's configuration as CIB XML
 * @param watchdogs every machine has a watchdog
 * @param pings what every machine pings
 * @param regions the heartbeat regions of every machine
 */
public record Setup(
    int machines,
    TotemSettings totem,
    QuorumSettings quorum,
    List<String> resources,
    List<Clone> clones,
    String configuration,
    boolean watchdogs,
    List<RegionSettings.Ping> pings,
    List<RegionSettings.Region> regions) {

  /** Where every simulated machine has its files. */
  public static final NodeSettings.PathSettings PATHS =
      new NodeSettings.PathSettings(
          "/etc/ringward/key",
          "/var/lib/ringward",
          "/run/ringward",
          "/run/ringward/socket",
          "/usr/lib/ocf",
          List.of("/usr/sbin"));

  /**
   * A resource with an instance on every machine.
   *
   * @param promotable one of the instances is promoted
   */
  public record Clone(String resource, boolean promotable) {}

  /** Without anything to ping. */
  public Setup(
      int machines,
      TotemSettings totem,
      QuorumSettings quorum,
      List<String> resources,
      List<Clone> clones,
      String configuration,
      boolean watchdogs) {
    this(
        machines, totem, quorum, resources, clones, configuration, watchdogs, List.of(), List.of());
  }

  /** The same with these ping nodes and regions. */
  public Setup with(List<RegionSettings.Ping> asked, List<RegionSettings.Region> heard) {
    return new Setup(
        machines, totem, quorum, resources, clones, configuration, watchdogs, asked, heard);
  }

  /** The same with another configuration of the cluster. */
  public Setup withConfiguration(String xml) {
    return new Setup(machines, totem, quorum, resources, clones, xml, watchdogs, pings, regions);
  }

  /** The cluster's name. */
  public static final String CLUSTER = "simulated";

  /** The same with other votes. */
  public Setup with(QuorumSettings changed) {
    return new Setup(
        machines, totem, changed, resources, clones, configuration, watchdogs, pings, regions);
  }

  public Setup {
    pings = List.copyOf(pings);
    regions = List.copyOf(regions);
    resources = List.copyOf(resources);
    clones = List.copyOf(clones);
  }

  /** Whether a resource may run on several machines at once. */
  public boolean isShared(String resource) {
    return clones.stream().anyMatch(each -> each.resource().equals(resource));
  }

  /** The settings file of one machine. */
  public NodeSettings settings(int id) {
    return settings(id, NodeSet.of(IntStream.rangeClosed(1, machines).toArray()));
  }

  /** The same with these nodes only. */
  public NodeSettings settings(int id, NodeSet nodes) {
    List<NodeSettings.Member> members = new ArrayList<>();
    for (int each : nodes.stream().toArray()) {
      members.add(new NodeSettings.Member(each, "n" + each, "10.0.0." + each, 1));
    }
    return NodeSettings.builder(CLUSTER, "n" + id, members)
        .totem(totem)
        .quorum(quorum)
        .paths(PATHS)
        .regions(new RegionSettings(regions, pings))
        .watchdog(watchdogs ? watchdog(totem, machines) : WatchdogSettings.NONE)
        .build();
  }

  /** The watchdog of each of so many machines. */
  public static WatchdogSettings watchdog(TotemSettings totem, int machines) {
    int seconds = WatchdogTimes.derivedSeconds(TotemTimes.of(totem, machines));
    return new WatchdogSettings("/dev/watchdog", seconds, 0, WatchdogSettings.Promise.QUORUM);
  }
}
