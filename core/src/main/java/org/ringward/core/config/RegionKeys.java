package org.ringward.core.config;

import java.util.List;
import org.ringward.core.config.Setting.Address;
import org.ringward.core.config.Setting.Choice;
import org.ringward.core.config.Setting.GroupAddress;
import org.ringward.core.config.Setting.ListOf;
import org.ringward.core.config.Setting.Name;
import org.ringward.core.config.Setting.Path;

/**
 * The settings of heartbeat regions: the entries of the list regions. Times have Heartbeat's names
 * (reference/ecosystem.md, B1); disks also know those of o2cb and qdiskd (B7, B10).
 */
final class RegionKeys {
  static final String UNICAST = "unicast";
  static final String MULTICAST = "multicast";
  static final String BROADCAST = "broadcast";
  static final String SERIAL = "serial";
  static final String DISK = "disk";
  static final String WITNESS = "witness";
  static final String PING = "ping";
  static final String PING_GROUP = "ping_group";

  private static final int DAY_MILLIS = 86_400_000;

  /** The port of Heartbeat in the list of well-known ports. */
  private static final int HA_CLUSTER = 694;

  static final Setting NAME =
      Setting.of("regions.name", new Name(32), null, "Name of the region, the same on all nodes.");
  static final Setting KIND =
      Setting.of(
          "regions.kind",
          new Choice(
              List.of(UNICAST, MULTICAST, BROADCAST, SERIAL, DISK, WITNESS, PING, PING_GROUP)),
          null,
          "What carries the heartbeats; ping and ping_group carry none and show connectivity.");
  static final Setting KEEPALIVE =
      Setting.number("regions.keepalive", 100, 60_000, 1000, "ms", "Time between two heartbeats.")
          .or("interval");
  static final Setting DEADTIME =
      new Setting(
          "regions.deadtime",
          new Setting.Whole(300, DAY_MILLIS),
          "10 * keepalive",
          "ms",
          "Silence after which a node is lost on the region.",
          false,
          List.of());
  static final Setting WARNTIME =
      new Setting(
          "regions.warntime",
          new Setting.Whole(100, DAY_MILLIS),
          "deadtime / 2",
          "ms",
          "Silence after which the log warns of late heartbeats.",
          false,
          List.of());
  static final Setting INITDEAD =
      new Setting(
          "regions.initdead",
          new Setting.Whole(300, DAY_MILLIS),
          "2 * deadtime",
          "ms",
          "Time after the start until a node that was never heard is lost on the region.",
          false,
          List.of());
  static final Setting PORT =
      Setting.number("regions.port", 1, 65_535, HA_CLUSTER, "", "UDP port, the same on all nodes.")
          .or("udpport");
  static final Setting ADDRESSES =
      new Setting(
          "regions.addresses",
          new Address(),
          "the nodes' addresses on link 0",
          "",
          "Unicast: the address of every node, as {n1: 10.1.0.1, n2: 10.1.0.2}.",
          false,
          List.of());
  static final Setting DEVICE =
      new Setting(
          "regions.device",
          new Path(1024),
          "required for disk",
          "",
          "Disk: the shared block device, or a file.",
          false,
          List.of());
  static final Setting INTERFACE =
      new Setting(
          "regions.interface",
          new Name(15),
          "required for multicast and broadcast",
          "",
          "Multicast, broadcast: the network interface of this node.",
          false,
          List.of());
  static final Setting GROUP =
      new Setting(
          "regions.mcastaddr",
          new GroupAddress(),
          "required for multicast",
          "",
          "Multicast: the group.",
          false,
          List.of("group"));
  static final Setting TTL =
      Setting.number("regions.ttl", 1, 255, 1, "", "Multicast: how far datagrams may go.");
  static final Setting IP_VERSION =
      Setting.of(
          "regions.ip_version",
          new Choice(List.of("ipv4", "ipv6")),
          "ipv4",
          "Broadcast: ipv6 sends to all nodes of the network (ff02::1).");
  static final Setting DEVICES =
      new Setting(
          "regions.devices",
          new ListOf(new Path(1024)),
          "required for serial",
          "",
          "Serial: the lines of this node, each to one other node.",
          false,
          List.of());
  static final Setting BAUD =
      Setting.of(
          "regions.baud",
          new Choice(List.of("9600", "19200", "38400", "57600", "115200", "230400", "460800")),
          "19200",
          "Serial: speed of the lines.");
  static final Setting FORMAT =
      Setting.of(
          "regions.format",
          new Choice(List.of("ringward", "sbd")),
          "ringward",
          "Disk: sbd is a disk that begins with sbd's slots; a node with a watchdog takes one.");
  static final Setting TKO =
      new Setting(
          "regions.tko",
          new Setting.Whole(3, 1000),
          "deadtime / keepalive",
          "",
          "Disk, as qdiskd: missed heartbeats until a node is lost, in place of deadtime.",
          false,
          List.of());
  static final Setting THRESHOLD =
      new Setting(
          "regions.threshold",
          new Setting.Whole(3, 1000),
          "deadtime / keepalive + 1",
          "",
          "Disk, as o2cb: deadtime is (threshold - 1) * keepalive, and keepalive is 2000.",
          false,
          List.of());
  static final Setting HOSTS =
      new Setting(
          "regions.hosts",
          new ListOf(new Address()),
          "required for ping and ping_group",
          "",
          "Ping: hosts outside the cluster, each counts; of a ping_group any one is enough.",
          false,
          List.of());
  static final List<Setting> ALL =
      List.of(
          NAME,
          KIND,
          KEEPALIVE,
          DEADTIME,
          WARNTIME,
          INITDEAD,
          PORT,
          ADDRESSES,
          INTERFACE,
          GROUP,
          TTL,
          IP_VERSION,
          DEVICES,
          BAUD,
          DEVICE,
          FORMAT,
          TKO,
          THRESHOLD,
          HOSTS);

  private RegionKeys() {}
}
