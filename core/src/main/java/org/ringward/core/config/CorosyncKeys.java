package org.ringward.core.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.core.config.CorosyncKey.Effect;
import org.ringward.core.config.Setting.Choice;
import org.ringward.core.config.Setting.Path;
import org.ringward.core.config.Setting.Text;
import org.ringward.core.config.Setting.Whole;

/**
 * Every key of corosync.conf and what becomes of it here (reference/corosync-conf.md). What is
 * honoured has the meaning of the {@link Setting} of its name.
 */
public final class CorosyncKeys {
  private static final TotemSettings TOTEM = TotemSettings.COROSYNC;
  private static final int DAY_MILLIS = 86_400_000;
  private static final Text TEXT = new Text(500);
  private static final Choice ON_OFF = new Choice(List.of("on", "off"));
  private static final Choice YES_NO = new Choice(List.of("yes", "no"));
  private static final Choice PRIORITIES =
      new Choice(List.of("alert", "crit", "debug", "emerg", "err", "info", "notice", "warning"));

  private static final Map<String, CorosyncKey> BY_PATH = new LinkedHashMap<>();

  /** Sections that Ringward does not start with, and why. */
  static final Map<String, String> REFUSED_SECTIONS = new LinkedHashMap<>();

  /** Sections whose keys are all taken without effect. */
  static final List<String> OPAQUE_SECTIONS =
      List.of(
          "logging.logging_daemon", "pload", "totem.interface.member", "config", "cfg", "runtime");

  static {
    totem();
    totemTimers();
    links();
    nodes();
    quorum();
    logging("logging");
    logging("logging.logger_subsys");
    none("logging.logger_subsys.subsys", TEXT, null, "Which of Corosync's parts it is about.");
    system();
    REFUSED_SECTIONS.put("nozzle", "a virtual network interface over the ring is not built");
    String monitors = "the monitors of memory and load are not built";
    REFUSED_SECTIONS.put("resources.system", monitors);
    REFUSED_SECTIONS.put("resources.process", monitors);
  }

  private CorosyncKeys() {}

  private static void totem() {
    put("totem.version", new Whole(2, 2), null, Effect.HONOURED, false, "Form of the file.");
    put(
        "totem.cluster_name",
        TEXT,
        "none",
        Effect.HONOURED,
        false,
        SettingsList.CLUSTER.sentence());
    same(TotemKeys.TRANSPORT, "knet");
    none(
        "totem.nodeid", new Whole(1, Integer.MAX_VALUE), "none", "Old; the node list has the ids.");
    put(
        "totem.clear_node_high_bit",
        YES_NO,
        "no",
        Effect.HONOURED,
        false,
        "Ids that follow from IPv4 addresses have 31 bits.");
    put(
        "totem.ip_version",
        TotemKeys.IP_VERSION.type(),
        "ipv6-4 (udp: ipv4)",
        Effect.HONOURED,
        false,
        "Which of the addresses a name resolves to is taken.");
    none("totem.ip_dscp", TEXT, "0", "Class of service of packets: they are sent without.");
    put(
        "totem.netmtu",
        new Whole(0, 65_536),
        "1500 (knet: 65536)",
        Effect.HONOURED,
        false,
        TotemKeys.NETMTU.sentence());
    same(TotemKeys.SECAUTH, "unset");
    none(TotemKeys.CRYPTO_MODEL.key(), TotemKeys.CRYPTO_MODEL.type(), "nss", "Ciphers are Java's.");
    same(TotemKeys.CIPHER, "none");
    same(TotemKeys.HASH, "none");
    put(
        "totem.keyfile",
        new Path(1024),
        "/etc/corosync/authkey",
        Effect.HONOURED,
        true,
        "Shared key, 128 to 4096 bytes; only its owner may read it.");
    same(TotemKeys.KEY, "none");
    same(TotemKeys.LINK_MODE, "passive");
    same(TotemKeys.CONFIG_VERSION, "0");
    none(
        "totem.threads", new Whole(0, Integer.MAX_VALUE), "0", "Has no effect in Corosync either.");
    same(TotemKeys.BLOCK_UNLISTED_IPS, "yes");
    same(TotemKeys.PMTUD_INTERVAL, "30");
    same(TotemKeys.KNET_MTU, "0");
    compression();
  }

  private static void compression() {
    put(
        "totem.knet_compression_model",
        new Choice(List.of("none", "zlib", "lz4", "lz4hc", "lzo2", "lzma", "bzip2", "zstd")),
        "none",
        Effect.REFUSED,
        false,
        "kronosnet's compression is not built; set it to none on all nodes");
    none(
        "totem.knet_compression_threshold",
        new Whole(0, Integer.MAX_VALUE),
        "0",
        "Only counts with a compression model.");
    none(
        "totem.knet_compression_level",
        new Whole(Integer.MIN_VALUE, Integer.MAX_VALUE),
        "0",
        "Only counts with a compression model.");
  }

  private static void totemTimers() {
    same(TotemKeys.TOKEN, TOTEM.token());
    same(TotemKeys.TOKEN_COEFFICIENT, TOTEM.tokenCoefficient());
    same(TotemKeys.TOKEN_WARNING, TOTEM.tokenWarning());
    same(TotemKeys.TOKEN_RETRANSMIT, TOTEM.tokenRetransmit());
    same(TotemKeys.TOKEN_RETRANSMITS, TOTEM.tokenRetransmitsBeforeLossConst());
    same(TotemKeys.HOLD, TOTEM.hold());
    same(TotemKeys.JOIN, TOTEM.join());
    same(TotemKeys.SEND_JOIN, TOTEM.sendJoin());
    same(TotemKeys.CONSENSUS, TOTEM.consensus());
    same(TotemKeys.MERGE, TOTEM.merge());
    same(TotemKeys.DOWNCHECK, TOTEM.downcheck());
    same(TotemKeys.FAIL_RECV, TOTEM.failRecvConst());
    same(TotemKeys.SEQNO_UNCHANGED, TOTEM.seqnoUnchangedConst());
    same(TotemKeys.HEARTBEAT_FAILURES, TOTEM.heartbeatFailuresAllowed());
    same(TotemKeys.MAX_NETWORK_DELAY, TOTEM.maxNetworkDelay());
    same(TotemKeys.WINDOW_SIZE, TOTEM.windowSize());
    same(TotemKeys.MAX_MESSAGES, TOTEM.maxMessages());
    same(TotemKeys.MISS_COUNT, TOTEM.missCountConst());
    same(TotemKeys.CANCEL_HOLD, "no");
  }

  private static void links() {
    same(InterfaceKeys.LINKNUMBER, "0");
    same(InterfaceKeys.MCASTPORT, "5405 + link (udp: 5405 + 2 * link)");
    none("totem.interface.bindnetaddr", TEXT, "from the node list", "The node list says it.");
    same(InterfaceKeys.MCASTADDR, "derived from cluster_name");
    same(InterfaceKeys.BROADCAST, "no");
    same(InterfaceKeys.TTL, "1");
    same(InterfaceKeys.PRIORITY, "1");
    same(InterfaceKeys.PING_INTERVAL, "0");
    same(InterfaceKeys.PING_TIMEOUT, "0");
    same(InterfaceKeys.PING_PRECISION, "2048");
    same(InterfaceKeys.PONG_COUNT, "2");
    put(
        "totem.interface.knet_transport",
        new Choice(List.of("udp", "sctp")),
        "udp",
        Effect.REFUSED,
        false,
        "links over SCTP are not built; set it to udp on all nodes");
  }

  private static void nodes() {
    for (int link = 0; link < LinkSettings.LINKS_MOST; link++) {
      String key = "nodelist.node.ring" + link + "_addr";
      String sentence = "Address of a node on link " + link + ", or a name that resolves to it.";
      put(key, new Text(255), link == 0 ? null : "none", Effect.HONOURED, true, sentence);
    }
    put(
        "nodelist.node.nodeid",
        new Whole(1, Integer.MAX_VALUE),
        "required (udp, udpu: from the IPv4 address)",
        Effect.HONOURED,
        true,
        SettingsList.NODES_ID.sentence() + " With knet at most 65535.");
    put(
        "nodelist.node.name",
        SettingsList.NODES_NAME.type(),
        "none",
        Effect.HONOURED,
        false,
        SettingsList.NODES_NAME.sentence());
    put(
        "nodelist.node.quorum_votes",
        new Whole(0, 65_535),
        "1",
        Effect.HONOURED,
        true,
        SettingsList.NODES_VOTES.sentence());
  }

  private static void quorum() {
    put(
        "quorum.provider",
        new Choice(List.of("corosync_votequorum", "corosync_ykd")),
        "none",
        Effect.HONOURED,
        false,
        QuorumKeys.PROVIDER.sentence());
    same(QuorumKeys.EXPECTED_VOTES, "sum of the node list");
    none("quorum.votes", new Whole(0, 65_535), "1", "Counts without node list only.");
    same(QuorumKeys.TWO_NODE, "0");
    same(QuorumKeys.WAIT_FOR_ALL, "0 (two_node: 1)");
    same(QuorumKeys.LAST_MAN_STANDING, "0");
    same(QuorumKeys.LAST_MAN_STANDING_WINDOW, "10000");
    same(QuorumKeys.AUTO_TIE_BREAKER, "0");
    same(QuorumKeys.AUTO_TIE_BREAKER_NODE, "lowest");
    same(QuorumKeys.ALLOW_DOWNSCALE, "0");
    same(QuorumKeys.EXPECTED_VOTES_TRACKING, "0");
    none(
        "quorum.leaving_timeout",
        new Whole(0, DAY_MILLIS),
        "none",
        "Has no effect in Corosync either.");
    none("quorum.cancel_wait_for_all", new Whole(0, 1), "none", "An order, not a setting.");
    device();
  }

  private static void device() {
    same(DeviceKeys.MODEL, "none");
    same(DeviceKeys.VOTES, "votes of all nodes - 1");
    same(DeviceKeys.TIMEOUT, 10_000);
    same(DeviceKeys.SYNC_TIMEOUT, 30_000);
    same(DeviceKeys.MASTER_WINS, "0");
    same(DeviceKeys.HOST, "none");
    same(DeviceKeys.PORT, "5403");
    same(DeviceKeys.ALGORITHM, "ffsplit");
    same(DeviceKeys.TIE_BREAKER, "lowest");
    same(DeviceKeys.KEEP_ACTIVE, "on");
    same(DeviceKeys.TLS, "on");
    same(DeviceKeys.CONNECT_TIMEOUT, "0.8 * timeout");
    same(DeviceKeys.FORCE_IP_VERSION, "0");
    same(DeviceKeys.PKCS12, "/etc/corosync/qdevice/net/nssdb/qdevice-net-node.p12");
    none(
        "quorum.device.heuristics.mode",
        new Choice(List.of("off", "sync", "on")),
        "off",
        "Programs that the device's decision hangs on are not built; another value is refused.");
    for (String key : List.of("timeout", "sync_timeout", "interval")) {
      none("quorum.device.heuristics." + key, TEXT, "none", "Counts with heuristics only.");
    }
  }

  private static void logging(String section) {
    String sentence = "Ringward's log goes to standard error, and from there to the journal.";
    if (section.equals("logging")) {
      none("logging.timestamp", new Choice(List.of("off", "on", "hires")), "hires", sentence);
      none("logging.fileline", ON_OFF, "off", sentence);
      none("logging.function_name", ON_OFF, "off", sentence);
      none("logging.blackbox", ON_OFF, "on", "There is no flight recorder to turn on or off.");
    }
    none(section + ".to_stderr", YES_NO, "yes", sentence);
    none(section + ".to_logfile", YES_NO, "no", sentence);
    none(section + ".logfile", new Path(500), "none", sentence);
    none(section + ".logfile_priority", PRIORITIES, "info", sentence);
    none(section + ".to_syslog", YES_NO, "yes", sentence);
    none(section + ".syslog_facility", TEXT, "daemon", sentence);
    none(section + ".syslog_priority", PRIORITIES, "info", sentence);
    none(section + ".debug", new Choice(List.of("off", "on", "trace")), "off", sentence);
  }

  private static void system() {
    none(
        "system.qb_ipc_type",
        new Choice(List.of("native", "shm", "socket")),
        "native",
        "The local client interface has one form.");
    put("system.sched_rr", YES_NO, "yes", Effect.HONOURED, false, "no: never real-time priority.");
    none("system.priority", TEXT, "none", "The service manager sets it.");
    none(
        "system.move_to_root_cgroup",
        new Choice(List.of("yes", "no", "auto")),
        "auto",
        "The service manager decides.");
    none("system.allow_knet_handle_fallback", YES_NO, "no", "Links need no privileges.");
    put(
        "system.state_dir",
        new Path(500),
        "/var/lib/ringward",
        Effect.HONOURED,
        false,
        SettingsList.STATE_DIR.sentence());
    put(
        "resources.watchdog_device",
        new Setting.PathOrOff(500),
        "off",
        Effect.HONOURED,
        false,
        "The machine's watchdog, fed as long as the node turns.");
    put(
        "resources.watchdog_timeout",
        new Whole(2, 120),
        "6",
        Effect.HONOURED,
        false,
        "Seconds without feeding after which it resets the machine.");
    put(
        "uidgid.uid",
        TEXT,
        "none",
        Effect.HONOURED,
        false,
        "User, besides root, who may use the local client interface.");
    put("uidgid.gid", TEXT, "none", Effect.HONOURED, false, "Group that may use it.");
  }

  private static void same(Setting setting, int otherwise) {
    same(setting, Integer.toString(otherwise));
  }

  private static void same(Setting setting, String otherwise) {
    BY_PATH.put(
        setting.key(),
        new CorosyncKey(
            setting.key(),
            setting.type(),
            otherwise,
            setting.unit(),
            Effect.HONOURED,
            setting.reloadable(),
            setting.sentence()));
  }

  private static void none(
      String path, Setting.Type type, @Nullable String otherwise, String sentence) {
    put(path, type, otherwise, Effect.NO_EFFECT, false, sentence);
  }

  private static void put(
      String path,
      Setting.Type type,
      @Nullable String otherwise,
      Effect effect,
      boolean reloadable,
      String sentence) {
    BY_PATH.put(path, new CorosyncKey(path, type, otherwise, "", effect, reloadable, sentence));
  }

  static @Nullable CorosyncKey find(String path) {
    return BY_PATH.get(path);
  }

  /** All keys in the order of the documentation. */
  static List<CorosyncKey> all() {
    return new ArrayList<>(BY_PATH.values());
  }

  /** The names of all keys of a section and of the sections inside it. */
  static List<String> namesIn(String section) {
    List<String> names = new ArrayList<>();
    String start = section.isEmpty() ? "" : section + ".";
    for (String path : BY_PATH.keySet()) {
      if (path.startsWith(start)) {
        String rest = path.substring(start.length());
        String name = rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest;
        if (!names.contains(name)) {
          names.add(name);
        }
      }
    }
    return names;
  }

  /** The table of docs/corosync-conf.md. */
  public static String table() {
    StringBuilder table = new StringBuilder();
    table.append("| key | default | unit | allowed | here | reload | meaning |\n");
    table.append("|---|---|---|---|---|---|---|\n");
    for (CorosyncKey key : BY_PATH.values()) {
      boolean honoured = key.effect() == Effect.HONOURED;
      table.append("| `").append(key.path()).append("` | ");
      table.append(key.otherwise() == null ? "required" : key.otherwise()).append(" | ");
      table.append(key.unit()).append(" | ");
      table.append(key.type().range()).append(" | ");
      table.append(honoured ? "as Corosync" : word(key.effect())).append(" | ");
      table.append(!honoured ? "" : key.reloadable() ? "yes" : "restart").append(" | ");
      table.append(key.sentence()).append(" |\n");
    }
    REFUSED_SECTIONS.forEach((section, why) ->
        table
            .append("| `")
            .append(section)
            .append(" { }` | | | | refused | | ")
            .append(why)
            .append(" |\n"));
    return table.toString();
  }

  private static String word(Effect effect) {
    return effect == Effect.REFUSED ? "refused, but for the default" : "no effect";
  }
}
