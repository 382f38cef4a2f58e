package org.ringward.core.config;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.config.Setting.Address;
import org.ringward.core.config.Setting.Choice;
import org.ringward.core.config.Setting.ListOf;
import org.ringward.core.config.Setting.Name;
import org.ringward.core.config.Setting.Path;
import org.ringward.core.config.Setting.Whole;
import org.ringward.core.config.Setting.YesNo;

/**
 * Every setting of the node file. The ring's names and minima are Corosync's
 * (reference/corosync-conf.md, totem; reference/totem-srp.md, section 4).
 */
public final class SettingsList {
  private SettingsList() {}

  private static final TotemSettings TOTEM = TotemSettings.DEFAULT;

  /** A longer one does not fit into the socket address of Linux (108 bytes with the final zero). */
  private static final int SOCKET_PATH_LONGEST = 107;

  private static final int PATH_LONGEST = 1024;
  private static final int DAY_MILLIS = 86_400_000;

  static final Setting CLUSTER =
      setting("cluster", new Name(64), null, "", "Name of the cluster; others are not heard.");
  static final Setting NODE =
      setting("node", new Name(63), "host name", "", "Name of this node, one of the node list.");
  static final Setting REALTIME =
      setting(
          "realtime",
          new Choice(List.of("auto", "yes", "no")),
          "auto",
          "",
          "Run the protocol thread with real-time priority and keep memory locked; auto does it"
              + " when the daemon runs as root.");

  static final Setting NODES_NAME =
      setting("nodes.name", new Name(63), null, "", "Name of a node, the same in every file.");
  static final Setting NODES_ID =
      number("nodes.id", 1, Integer.MAX_VALUE, null, "", "Number of a node, never used again.");
  static final Setting NODES_ADDRESS =
      setting("nodes.address", new Address(), null, "", "Address of a node on the ring's network.");
  static final Setting NODES_VOTES =
      number("nodes.votes", 0, 255, 1, "votes", "How much the node counts for quorum.");

  static final Setting PORT =
      number("totem.port", 1, 65_535, 5405, "", "UDP port, the same on all nodes.");
  static final Setting TOKEN =
      number("totem.token", 30, DAY_MILLIS, TOTEM.token(), "ms", "Silence that loses the token.");
  static final Setting TOKEN_RETRANSMITS =
      number(
          "totem.token_retransmits_before_loss_const",
          1,
          1000,
          TOTEM.tokenRetransmitsBeforeLossConst(),
          "",
          "How often the token is sent again before it counts as lost.");
  static final Setting JOIN =
      number("totem.join", 10, DAY_MILLIS, TOTEM.join(), "ms", "Join messages repeat after this.");
  static final Setting CONSENSUS =
      number(
          "totem.consensus",
          0,
          DAY_MILLIS,
          TOTEM.consensus(),
          "ms",
          "How long nodes may take to agree on a new ring; 0 is 1.2 times token.");
  static final Setting MERGE =
      number(
          "totem.merge",
          30,
          DAY_MILLIS,
          TOTEM.merge(),
          "ms",
          "An idle ring looks for other rings this often.");
  static final Setting FAIL_RECV =
      number(
          "totem.fail_recv_const",
          1,
          1_000_000,
          TOTEM.failRecvConst(),
          "rotations",
          "Rotations without a message that should have come, before a new ring is formed.");
  static final Setting SEQNO_UNCHANGED =
      number(
          "totem.seqno_unchanged_const",
          1,
          1_000_000,
          TOTEM.seqnoUnchangedConst(),
          "rotations",
          "Rotations without messages before the token is held back.");
  static final Setting WINDOW_SIZE =
      number(
          "totem.window_size",
          1,
          1000,
          TOTEM.windowSize(),
          "messages",
          "Messages of all nodes together in one rotation.");
  static final Setting MAX_MESSAGES =
      number(
          "totem.max_messages",
          1,
          1000,
          TOTEM.maxMessages(),
          "messages",
          "Messages of one node in one rotation.");
  static final Setting MISS_COUNT =
      number(
          "totem.miss_count_const",
          1,
          1000,
          TOTEM.missCountConst(),
          "visits",
          "Visits of the token before a missing message is asked for again.");
  static final Setting NETMTU =
      number(
          "totem.netmtu",
          576,
          9000,
          TOTEM.netmtu(),
          "bytes",
          "Largest packet of the network, headers included.");

  static final Setting EXPECTED_VOTES =
      number(
          "quorum.expected_votes",
          0,
          65_535,
          0,
          "votes",
          "Votes of the whole cluster; 0 is the sum of the node list, more is stricter.");
  static final Setting TWO_NODE =
      setting(
          "quorum.two_node",
          new YesNo(),
          "no",
          "",
          "One of two nodes may go on alone; fencing decides which. Turns wait_for_all on unless"
              + " that is set.");
  static final Setting WAIT_FOR_ALL =
      setting(
          "quorum.wait_for_all",
          new YesNo(),
          "no",
          "",
          "After a cold start nothing starts until every node was seen once.");

  static final Setting KEY_FILE =
      path("paths.key_file", "/etc/ringward/authkey", "Shared key; only its owner may read it.");
  static final Setting STATE_DIR =
      path("paths.state_dir", "/var/lib/ringward", "Durable files, one directory per daemon.");
  static final Setting RUN_DIR =
      path("paths.run_dir", "/run/ringward", "Files that may be lost at a reboot.");
  static final Setting SOCKET =
      setting(
          "paths.socket",
          new Path(SOCKET_PATH_LONGEST),
          "/run/ringward/ringward.sock",
          "",
          "Control socket of the commands.");
  static final Setting OCF_ROOT =
      path("paths.ocf_root", "/usr/lib/ocf", "Where OCF agents are: resource.d lies below.");
  static final Setting FENCE_AGENT_DIRS =
      setting(
          "paths.fence_agent_dirs",
          new ListOf(new Path(PATH_LONGEST)),
          "/usr/sbin, /usr/share/ringward/fence",
          "",
          "Where fence agents are looked for, in this order.");

  /** All settings in the order of the documentation. */
  public static final List<Setting> ALL =
      List.of(
          CLUSTER,
          NODE,
          REALTIME,
          NODES_NAME,
          NODES_ID,
          NODES_ADDRESS,
          NODES_VOTES,
          PORT,
          TOKEN,
          TOKEN_RETRANSMITS,
          JOIN,
          CONSENSUS,
          MERGE,
          FAIL_RECV,
          SEQNO_UNCHANGED,
          WINDOW_SIZE,
          MAX_MESSAGES,
          MISS_COUNT,
          NETMTU,
          EXPECTED_VOTES,
          TWO_NODE,
          WAIT_FOR_ALL,
          KEY_FILE,
          STATE_DIR,
          RUN_DIR,
          SOCKET,
          OCF_ROOT,
          FENCE_AGENT_DIRS);

  /** The sections of the file, apart from the top. */
  static final List<String> SECTIONS = List.of("nodes", "totem", "quorum", "paths");

  /** The table of docs/node-settings.md. */
  public static String table() {
    StringBuilder table = new StringBuilder();
    table.append("| key | default | unit | allowed | meaning |\n|---|---|---|---|---|\n");
    for (Setting setting : ALL) {
      String otherwise = setting.otherwise();
      table.append("| `").append(setting.key()).append("` | ");
      table.append(otherwise == null ? "required" : otherwise).append(" | ");
      table.append(setting.unit()).append(" | ");
      table.append(setting.type().range()).append(" | ");
      table.append(setting.sentence()).append(" |\n");
    }
    return table.toString();
  }

  private static Setting setting(
      String key, Setting.Type type, @Nullable String otherwise, String unit, String sentence) {
    return new Setting(key, type, otherwise, unit, sentence);
  }

  private static Setting number(
      String key, int least, int most, @Nullable Integer otherwise, String unit, String sentence) {
    Setting.Type type = new Whole(least, most);
    return setting(key, type, otherwise == null ? null : otherwise.toString(), unit, sentence);
  }

  private static Setting path(String key, String otherwise, String sentence) {
    return setting(key, new Path(PATH_LONGEST), otherwise, "", sentence);
  }
}
