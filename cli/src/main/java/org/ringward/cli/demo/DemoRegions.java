package org.ringward.cli.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The heartbeat regions of the demo's machines: two networks beside that of the ring, a shared
 * disk, and a ring of serial lines where the system has pseudo terminals.
 */
final class DemoRegions implements AutoCloseable {
  /** The networks of regions; in both labs number 0 is the ring's. */
  static final List<String> NETWORKS = List.of("mgmt", "backup");

  private static final String DISK = "disk";
  private static final String CABLE = "cable";

  private final List<DemoCluster.Member> members;
  private final SharedDisk disk;
  private final @Nullable SerialRing cable;

  /** Makes the disk and the lines. */
  DemoRegions(List<DemoCluster.Member> members, Workspace workspace) {
    this.members = members;
    this.disk = new SharedDisk(workspace.path("disk"), DemoCluster.NAME);
    this.cable = cable(members.size());
  }

  private static @Nullable SerialRing cable(int machines) {
    try {
      return SerialRing.lay(machines);
    } catch (IOException _) {
      return null; // the demo goes without; its list of regions shows it
    }
  }

  /** As the daemons' settings have them, in that order. */
  List<String> names() {
    List<String> names = new ArrayList<>(NETWORKS);
    names.add(DISK);
    if (cable != null) {
      names.add(CABLE);
    }
    return names;
  }

  /** The number of a region's network, 0 for a region that is no network. */
  static int network(String region) {
    return NETWORKS.indexOf(region) + 1;
  }

  /** Whether it can only be cut for all machines at once. */
  static boolean isCommon(String region) {
    return region.equals(DISK);
  }

  /** Cuts what is no network, at a machine; what is common, for all. */
  void cut(String region, String node) {
    SerialRing lines = cable;
    if (region.equals(DISK)) {
      disk.cut();
    } else if (lines != null && region.equals(CABLE)) {
      lines.cut(place(node));
    }
  }

  /** Undoes {@link #cut}. */
  void mend(String region, String node) {
    SerialRing lines = cable;
    if (region.equals(DISK)) {
      disk.mend();
    } else if (lines != null && region.equals(CABLE)) {
      lines.mend(place(node));
    }
  }

  private int place(String node) {
    return members.stream().map(DemoCluster.Member::name).toList().indexOf(node);
  }

  /**
   * The list of regions in a machine's settings.
   *
   * @param address by network and member, as the machine reaches it
   */
  String settings(String node, int port, BiFunction<Integer, DemoCluster.Member, String> address) {
    StringBuilder list = new StringBuilder("regions:\n");
    for (String name : NETWORKS) {
      String addresses =
          members.stream()
              .map(each -> each.name() + ": " + address.apply(network(name), each))
              .collect(Collectors.joining(", "));
      list.append(
          "  - {name: %s, kind: unicast, port: %d, addresses: {%s}}\n"
              .formatted(name, port, addresses));
    }
    list.append("  - {name: %s, kind: disk, device: %s}\n".formatted(DISK, disk.file()));
    SerialRing lines = cable;
    if (lines != null) {
      String devices = String.join(", ", lines.devices(place(node)));
      list.append("  - {name: %s, kind: serial, devices: [%s]}\n".formatted(CABLE, devices));
    }
    return list.toString();
  }

  @Override
  public void close() {
    if (cable != null) {
      cable.close();
    }
  }
}
