package org.ringward.core.config;

import java.util.List;
import java.util.stream.Stream;
import org.ringward.core.config.Setting.Address;
import org.ringward.core.config.Setting.Choice;
import org.ringward.core.config.Setting.ListOf;
import org.ringward.core.config.Setting.Name;
import org.ringward.core.config.Setting.Path;
import org.ringward.core.config.Setting.Text;

/**
 * Every setting of the node file. The ring's names and minima are Corosync's
 * (reference/corosync-conf.md, totem; reference/totem-srp.md, section 4).
 */
public final class SettingsList {
  private SettingsList() {}

  /** A longer one does not fit into the socket address of Linux (108 bytes with the final zero). */
  private static final int SOCKET_PATH_LONGEST = 107;

  private static final int PATH_LONGEST = 1024;

  static final Setting CLUSTER =
      Setting.of("cluster", new Text(64), null, "Name of the cluster; others are not heard.");
  static final Setting NODE =
      Setting.of("node", new Name(63), "host name", "Name of this node, one of the node list.");
  static final Setting REALTIME =
      Setting.of(
          "realtime",
          new Choice(List.of("auto", "yes", "no")),
          "auto",
          "Run the protocol thread with real-time priority and keep memory locked; auto does it"
              + " when the daemon runs as root.");

  static final Setting FAILOVER_WITHIN =
      Setting.of(
          "failover_within",
          new Setting.Time(),
          "unset",
          "The longest acceptable time from a fault to the service's return, such as 2s: the ring's"
              + " times follow from it where totem does not say them.");

  static final Setting NODES_NAME =
      Setting.of("nodes.name", new Name(63), null, "Name of a node, the same in every file.");
  static final Setting NODES_ID =
      Setting.number(
              "nodes.id", 1, Integer.MAX_VALUE, null, "", "Number of a node, never used again.")
          .reloads()
          .or("nodeid");
  static final Setting NODES_ADDRESS =
      Setting.of("nodes.address", new Address(), null, "Address of a node on link 0.")
          .reloads()
          .or("ring0_addr");
  static final Setting NODES_ADDRESSES =
      Setting.of(
              "nodes.addresses",
              new ListOf(new Address()),
              "the one address",
              "Addresses of a node on links 0, 1 and so on, in place of address; ring0_addr to"
                  + " ring7_addr say the same one by one.")
          .reloads();
  static final Setting NODES_VOTES =
      Setting.number("nodes.votes", 0, 255, 1, "votes", "How much the node counts for quorum.")
          .reloads()
          .or("quorum_votes");

  static final Setting KEY_FILE =
      path("paths.key_file", "/etc/ringward/authkey", "Shared key; only its owner may read it.")
          .reloads();
  static final Setting STATE_DIR =
      path("paths.state_dir", "/var/lib/ringward", "Durable files, one directory per daemon.");
  static final Setting RUN_DIR =
      path("paths.run_dir", "/run/ringward", "Files that may be lost at a reboot.");
  static final Setting SOCKET =
      Setting.of(
          "paths.socket",
          new Path(SOCKET_PATH_LONGEST),
          "/run/ringward/ringward.sock",
          "Control socket of the commands.");
  static final Setting OCF_ROOT =
      path("paths.ocf_root", "/usr/lib/ocf", "Where OCF agents are: resource.d lies below.");
  static final Setting FENCE_AGENT_DIRS =
      Setting.of(
          "paths.fence_agent_dirs",
          new ListOf(new Path(PATH_LONGEST)),
          "/usr/sbin, /usr/share/ringward/fence",
          "Where fence agents are looked for, in this order.");

  private static final List<Setting> NODES =
      List.of(
          CLUSTER,
          NODE,
          REALTIME,
          FAILOVER_WITHIN,
          NODES_NAME,
          NODES_ID,
          NODES_ADDRESS,
          NODES_ADDRESSES,
          NODES_VOTES);

  private static final List<Setting> PATHS =
      List.of(KEY_FILE, STATE_DIR, RUN_DIR, SOCKET, OCF_ROOT, FENCE_AGENT_DIRS);

  /** All settings in the order of the documentation. */
  public static final List<Setting> ALL =
      Stream.of(
              NODES,
              TotemKeys.ALL,
              InterfaceKeys.ALL,
              QuorumKeys.ALL,
              DeviceKeys.ALL,
              DiskDeviceKeys.ALL,
              RegionKeys.ALL,
              WatchdogKeys.ALL,
              WebKeys.ALL,
              LogKeys.ALL,
              PATHS)
          .flatMap(List::stream)
          .toList();

  /** The sections of the file, apart from the top. */
  static final List<String> SECTIONS =
      List.of("nodes", "totem", "quorum", "regions", "watchdog", "web", "log", "paths");

  /** The table of docs/node-settings.md. */
  public static String table() {
    StringBuilder table = new StringBuilder();
    table.append(
        "| key | default | unit | allowed | reload | meaning |\n|---|---|---|---|---|---|\n");
    for (Setting setting : ALL) {
      String otherwise = setting.otherwise();
      table.append("| `").append(setting.key()).append("` | ");
      table.append(otherwise == null ? "required" : otherwise).append(" | ");
      table.append(setting.unit()).append(" | ");
      table.append(setting.type().range()).append(" | ");
      table.append(setting.reloadable() ? "yes" : "restart").append(" | ");
      table.append(setting.sentence());
      if (!setting.aliases().isEmpty()) {
        table.append(" Also `").append(String.join("`, `", setting.aliases())).append("`.");
      }
      table.append(" |\n");
    }
    return table.toString();
  }

  private static Setting path(String key, String otherwise, String sentence) {
    return Setting.of(key, new Path(PATH_LONGEST), otherwise, sentence);
  }
}
