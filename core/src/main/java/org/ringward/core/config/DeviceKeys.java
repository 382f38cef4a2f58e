package org.ringward.core.config;

import java.util.List;
import org.ringward.core.config.Setting.Choice;
import org.ringward.core.config.Setting.Name;
import org.ringward.core.config.Setting.Text;

/** The settings of a quorum device; names and meanings are those of corosync-qdevice(8). */
final class DeviceKeys {
  private static final int DAY_MILLIS = 86_400_000;

  static final Setting MODEL =
      Setting.of(
          "quorum.device.model",
          new Choice(List.of("none", "net", "witness", "disk")),
          "none",
          "The kind of device: witness is 'ringward witness', net is corosync-qnetd, disk is"
              + " a quorum disk.");
  static final Setting VOTES =
      new Setting(
          "quorum.device.votes",
          new Setting.Whole(1, 65_535),
          "ffsplit: 1, lms and disk: votes of all nodes - 1",
          "votes",
          "What the device adds for the side that it votes for.",
          false,
          List.of());
  static final Setting TIMEOUT =
      new Setting(
          "quorum.device.timeout",
          new Setting.Whole(500, 120_000),
          "net: 10000, witness: token + consensus, at least 3000",
          "ms",
          "How long a vote is valid without hearing from the device again; the other side may have"
              + " to wait that long.",
          false,
          List.of());
  static final Setting SYNC_TIMEOUT =
      Setting.number(
          "quorum.device.sync_timeout",
          1,
          DAY_MILLIS,
          30_000,
          "ms",
          "How long a new ring waits for the device's vote.");
  static final Setting MASTER_WINS =
      Setting.yesNo(
          "quorum.device.master_wins", false, "The device's vote alone makes a side quorate.");
  static final Setting HOST =
      Setting.of("quorum.device.net.host", new Text(253), "none", "Name or address of the device.");
  static final Setting PORT =
      new Setting(
          "quorum.device.net.port",
          new Setting.Whole(1, 65_535),
          "net: 5403, witness: 5408",
          "",
          "Its TCP port.",
          false,
          List.of());
  static final Setting ALGORITHM =
      Setting.of(
          "quorum.device.net.algorithm",
          new Choice(List.of("ffsplit", "lms")),
          "ffsplit",
          "Who gets the vote: ffsplit, the side with most nodes if it has half of all; lms, the side"
              + " of which the device hears most, however few.");
  static final Setting TIE_BREAKER =
      Setting.of(
          "quorum.device.net.tie_breaker",
          new Name(10),
          "lowest",
          "The side of equal ones that gets the vote: lowest, highest or the id of a node.");
  static final Setting KEEP_ACTIVE =
      Setting.yesNo(
          "quorum.device.net.keep_active_partition_tie_breaker",
          true,
          "Of equal sides the one that had the vote keeps it; always so with lms.");
  static final Setting TLS =
      Setting.of(
          "quorum.device.net.tls",
          new Choice(List.of("on", "off", "required")),
          "on",
          "Whether connections to corosync-qnetd are secured; those to a witness always are.");
  static final Setting CONNECT_TIMEOUT =
      new Setting(
          "quorum.device.net.connect_timeout",
          new Setting.Whole(100, 120_000),
          "0.8 * timeout",
          "ms",
          "How long connecting may take.",
          false,
          List.of());

  static final Setting FORCE_IP_VERSION =
      Setting.of(
          "quorum.device.net.force_ip_version",
          new Choice(List.of("0", "4", "6")),
          "0",
          "Which of the name's addresses are tried: 0, those of IPv6, then those of IPv4.");
  static final Setting PKCS12 =
      Setting.of(
          "quorum.device.net.pkcs12",
          new Setting.Path(1024),
          "/etc/corosync/qdevice/net/nssdb/qdevice-net-node.p12",
          "Key and certificates to show to corosync-qnetd, as corosync-qdevice-net-certutil writes"
              + " them: PKCS #12 with an empty password.");

  static final List<Setting> ALL =
      List.of(
          MODEL,
          VOTES,
          TIMEOUT,
          SYNC_TIMEOUT,
          MASTER_WINS,
          HOST,
          PORT,
          ALGORITHM,
          TIE_BREAKER,
          KEEP_ACTIVE,
          TLS,
          CONNECT_TIMEOUT,
          FORCE_IP_VERSION,
          PKCS12);

  private DeviceKeys() {}
}
