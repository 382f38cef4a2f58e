package org.ringward.core.config;

import static org.ringward.core.config.SettingsList.*;

import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.ringward.core.config.LinkSettings.Interface;
import org.ringward.core.config.LinkSettings.Transport;
import org.ringward.core.config.NodeSettings.Member;
import org.ringward.core.config.NodeSettings.PathSettings;
import org.ringward.core.config.QuorumSettings.TieBreaker;

/** Writes a node file that has exactly the settings; what is a default is left out. */
final class NodeSettingsWriter {
  private final NodeSettings settings;
  private final StringBuilder text = new StringBuilder();

  private NodeSettingsWriter(NodeSettings settings) {
    this.settings = settings;
  }

  static String write(NodeSettings settings) {
    NodeSettingsWriter writer = new NodeSettingsWriter(settings);
    writer.top();
    writer.section("totem", writer.totem());
    writer.section("quorum", writer.quorum());
    writer.section("regions", writer.regions());
    writer.section("watchdog", writer.watchdog());
    writer.section("web", writer.web());
    writer.section("log", writer.log());
    writer.section("paths", writer.paths());
    return writer.text.toString();
  }

  private void top() {
    text.append("cluster: ").append(quoted(settings.clusterName())).append('\n');
    text.append("node: ").append(quoted(settings.nodeName())).append('\n');
    Lines lines = new Lines("");
    lines.add(REALTIME, word(settings.daemon().realTime()));
    if (settings.failoverWithinMillis() > 0) {
      lines.always(FAILOVER_WITHIN, Setting.Time.text(settings.failoverWithinMillis()));
    }
    text.append(lines.text());
    text.append("nodes:\n");
    for (Member member : settings.members()) {
      text.append("  - {name: ").append(quoted(member.name()));
      text.append(", id: ").append(member.id());
      addresses(member);
      text.append(", votes: ").append(member.votes()).append("}\n");
    }
  }

  private void addresses(Member member) {
    for (int at = 0; at < member.addresses().size(); at++) {
      int link = settings.links().interfaces().get(at).number();
      String key = link == 0 ? "address" : "ring" + link + "_addr";
      text.append(", ").append(key).append(": ").append(quoted(member.addresses().get(at)));
    }
  }

  private String totem() {
    Lines lines = new Lines("  ");
    LinkSettings links = settings.links();
    boolean knet = links.transport() == Transport.KNET;
    int port =
        links.interfaces().getFirst().port() - step() * links.interfaces().getFirst().number();
    lines.add(TotemKeys.TRANSPORT, word(links.transport()));
    lines.add(TotemKeys.PORT, Math.max(1, port));
    lines.add(TotemKeys.LINK_MODE, word(links.mode()));
    if (knet) {
      lines.add(TotemKeys.CIPHER, word(links.cipher()));
      lines.add(TotemKeys.HASH, word(links.hash()));
    }
    lines.add(TotemKeys.BLOCK_UNLISTED_IPS, links.blockUnlistedIps() ? "yes" : "no");
    lines.add(TotemKeys.KNET_MTU, links.knetMtu());
    lines.add(TotemKeys.PMTUD_INTERVAL, links.pmtudIntervalSeconds());
    lines.add(TotemKeys.CONFIG_VERSION, Long.toUnsignedString(settings.configVersion()));
    timers(lines, settings.totem());
    InlineKey key = settings.inlineKey();
    if (key != null) {
      lines.always(TotemKeys.KEY, quoted(key.text()));
    }
    return lines.text() + interfaces(Math.max(1, port));
  }

  private int step() {
    return settings.links().transport() == Transport.UDP ? 2 : 1;
  }

  private static void timers(Lines lines, TotemSettings totem) {
    lines.add(TotemKeys.TOKEN, totem.token());
    lines.add(TotemKeys.TOKEN_COEFFICIENT, totem.tokenCoefficient());
    lines.add(TotemKeys.TOKEN_WARNING, totem.tokenWarning());
    lines.add(TotemKeys.TOKEN_RETRANSMIT, totem.tokenRetransmit());
    lines.add(TotemKeys.TOKEN_RETRANSMITS, totem.tokenRetransmitsBeforeLossConst());
    lines.add(TotemKeys.HOLD, totem.hold());
    lines.add(TotemKeys.JOIN, totem.join());
    lines.add(TotemKeys.SEND_JOIN, totem.sendJoin());
    lines.add(TotemKeys.CONSENSUS, totem.consensus());
    lines.add(TotemKeys.MERGE, totem.merge());
    lines.add(TotemKeys.DOWNCHECK, totem.downcheck());
    lines.add(TotemKeys.FAIL_RECV, totem.failRecvConst());
    lines.add(TotemKeys.SEQNO_UNCHANGED, totem.seqnoUnchangedConst());
    lines.add(TotemKeys.HEARTBEAT_FAILURES, totem.heartbeatFailuresAllowed());
    lines.add(TotemKeys.MAX_NETWORK_DELAY, totem.maxNetworkDelay());
    lines.add(TotemKeys.WINDOW_SIZE, totem.windowSize());
    lines.add(TotemKeys.WINDOW_BYTES, totem.windowBytes());
    lines.add(TotemKeys.MAX_MESSAGES, totem.maxMessages());
    lines.add(TotemKeys.MISS_COUNT, totem.missCountConst());
    lines.add(TotemKeys.CANCEL_HOLD, totem.cancelTokenHoldOnRetransmit() ? "yes" : "no");
    lines.add(TotemKeys.NETMTU, totem.netmtu());
  }

  /** The links that differ from what follows from the first port. */
  private String interfaces(int port) {
    StringBuilder entries = new StringBuilder();
    for (Interface link : settings.links().interfaces()) {
      String entry = link(link, port + step() * link.number());
      if (!entry.isEmpty()) {
        entries.append("    - {linknumber: ").append(link.number()).append(entry).append("}\n");
      }
    }
    return entries.isEmpty() ? "" : "  interface:\n" + entries;
  }

  private String link(Interface link, int usualPort) {
    SortedMap<String, String> said = new TreeMap<>();
    Interface usual = Interface.ofLink(link.number());
    say(said, InterfaceKeys.MCASTPORT, link.port(), usualPort);
    say(said, InterfaceKeys.TTL, link.ttl(), usual.ttl());
    say(said, InterfaceKeys.PRIORITY, link.priority(), usual.priority());
    say(said, InterfaceKeys.PING_INTERVAL, link.pingInterval(), usual.pingInterval());
    say(said, InterfaceKeys.PING_TIMEOUT, link.pingTimeout(), usual.pingTimeout());
    say(said, InterfaceKeys.PING_PRECISION, link.pingPrecision(), usual.pingPrecision());
    say(said, InterfaceKeys.PONG_COUNT, link.pongCount(), usual.pongCount());
    if (link.broadcast()) {
      said.put(InterfaceKeys.BROADCAST.name(), "yes");
    }
    boolean v6 = settings.self().address().contains(":");
    String derived = MulticastAddress.derived(settings.clusterName(), link.number(), v6);
    if (!link.multicastAddress().isEmpty() && !link.multicastAddress().equals(derived)) {
      said.put(InterfaceKeys.MCASTADDR.name(), quoted(link.multicastAddress()));
    }
    return said.entrySet().stream()
        .map(each -> ", " + each.getKey() + ": " + each.getValue())
        .collect(Collectors.joining());
  }

  private static void say(
      SortedMap<String, String> said, Setting setting, int value, int otherwise) {
    if (value != otherwise) {
      said.put(setting.name(), Integer.toString(value));
    }
  }

  private String quorum() {
    QuorumSettings quorum = settings.quorum();
    Lines lines = new Lines("  ");
    boolean votes = quorum.provider() == QuorumSettings.Provider.VOTEQUORUM;
    lines.add(QuorumKeys.PROVIDER, votes ? "corosync_votequorum" : "none");
    lines.add(QuorumKeys.EXPECTED_VOTES, quorum.expectedVotes());
    lines.add(QuorumKeys.TWO_NODE, quorum.twoNode());
    // Always said with two_node, which changes its default.
    if (quorum.twoNode() || quorum.waitForAll()) {
      lines.always(QuorumKeys.WAIT_FOR_ALL, quorum.waitForAll() ? "yes" : "no");
    }
    lines.add(QuorumKeys.LAST_MAN_STANDING, quorum.lastManStanding());
    lines.add(QuorumKeys.LAST_MAN_STANDING_WINDOW, quorum.lastManStandingWindow());
    lines.add(QuorumKeys.AUTO_TIE_BREAKER, quorum.autoTieBreaker());
    lines.add(QuorumKeys.AUTO_TIE_BREAKER_NODE, tieBreaker(quorum.tieBreaker()));
    lines.add(QuorumKeys.ALLOW_DOWNSCALE, quorum.allowDownscale());
    lines.add(QuorumKeys.EXPECTED_VOTES_TRACKING, quorum.expectedVotesTracking());
    return lines.text() + device(quorum);
  }

  /** The section quorum.device; empty without a device. */
  static String device(QuorumSettings quorum) {
    DeviceSettings device = quorum.device();
    if (!device.isPresent()) {
      return "";
    }
    Lines lines = new Lines("    ");
    lines.add(DeviceKeys.MODEL, word(device.model()));
    lines.add(DeviceKeys.VOTES, device.votes());
    DeviceSettings.Disk disk = device.disk();
    if (disk == null) {
      lines.add(DeviceKeys.TIMEOUT, device.timeoutMillis());
    }
    lines.add(DeviceKeys.SYNC_TIMEOUT, device.syncTimeoutMillis());
    lines.add(DeviceKeys.MASTER_WINS, device.masterWins());
    DeviceSettings.Net net = device.net();
    String inner = net == null ? "" : "    net:\n" + net(net);
    inner += disk == null ? "" : "    disk:\n" + disk(disk);
    return "  device:\n" + lines.text() + inner;
  }

  private static String disk(DeviceSettings.Disk disk) {
    Lines lines = new Lines("      ");
    lines.add(DiskDeviceKeys.DEVICE, disk.device());
    lines.add(DiskDeviceKeys.FORMAT, disk.sbd() ? "sbd" : "ringward");
    lines.add(DiskDeviceKeys.INTERVAL, disk.interval());
    lines.add(DiskDeviceKeys.TKO, disk.tko());
    lines.add(DiskDeviceKeys.TKO_UP, disk.tkoUp());
    lines.add(DiskDeviceKeys.UPGRADE_WAIT, disk.upgradeWait());
    lines.add(DiskDeviceKeys.MASTER_WAIT, disk.masterWait());
    lines.add(DiskDeviceKeys.MIN_SCORE, disk.minScore());
    String text = lines.text();
    return disk.heuristics().isEmpty() ? text : text + "      heuristics:\n" + heuristics(disk);
  }

  private static String heuristics(DeviceSettings.Disk disk) {
    StringBuilder lines = new StringBuilder();
    for (DeviceSettings.Heuristic each : disk.heuristics()) {
      lines.append(
          "        - {program: %s, score: %d, interval: %d, tko: %d}\n"
              .formatted(quoted(each.program()), each.score(), each.interval(), each.tko()));
    }
    return lines.toString();
  }

  private static String net(DeviceSettings.Net net) {
    Lines lines = new Lines("      ");
    lines.add(DeviceKeys.HOST, quoted(net.host()));
    lines.add(DeviceKeys.PORT, net.port());
    lines.add(DeviceKeys.ALGORITHM, net.lastManStanding() ? "lms" : "ffsplit");
    lines.add(
        DeviceKeys.TIE_BREAKER,
        switch (net.tieBreaker()) {
          case 0 -> "lowest";
          case -1 -> "highest";
          default -> Integer.toString(net.tieBreaker());
        });
    lines.add(DeviceKeys.KEEP_ACTIVE, net.keepActive());
    lines.add(DeviceKeys.TLS, word(net.tls()));
    lines.add(DeviceKeys.CONNECT_TIMEOUT, net.connectMillis());
    lines.add(DeviceKeys.FORCE_IP_VERSION, net.ipVersion());
    lines.add(DeviceKeys.PKCS12, net.pkcs12());
    return lines.text();
  }

  private static String tieBreaker(TieBreaker tieBreaker) {
    return switch (tieBreaker.kind()) {
      case LOWEST, HIGHEST -> word(tieBreaker.kind());
      case LIST ->
          quoted(tieBreaker.nodes().stream().map(String::valueOf).collect(Collectors.joining(" ")));
    };
  }

  private String regions() {
    return RegionsWriter.entries(settings.regions(), settings.members()).stream()
        .map(entry -> "  - " + entry + "\n")
        .collect(Collectors.joining());
  }

  private String watchdog() {
    WatchdogSettings watchdog = settings.watchdog();
    Lines lines = new Lines("  ");
    if (watchdog.isPresent()) {
      lines.add(WatchdogKeys.DEVICE, watchdog.device());
      lines.add(WatchdogKeys.TIMEOUT, watchdog.timeoutSeconds());
      lines.add(WatchdogKeys.PRETIMEOUT, watchdog.pretimeoutSeconds());
      lines.add(WatchdogKeys.PROMISE, word(watchdog.promise()));
    }
    return lines.text();
  }

  private String web() {
    WebSettings web = settings.daemon().web();
    Lines lines = new Lines("  ");
    if (web.isOn()) {
      lines.always(WebKeys.LISTEN, quoted(web.listen()));
    }
    if (!web.names().isEmpty()) {
      String names =
          web.names().stream().map(NodeSettingsWriter::quoted).collect(Collectors.joining(", "));
      lines.always(WebKeys.NAMES, "[" + names + "]");
    }
    return lines.text();
  }

  private String log() {
    Lines lines = new Lines("  ");
    lines.add(LogKeys.FORM, word(settings.daemon().log()));
    return lines.text();
  }

  private String paths() {
    PathSettings paths = settings.paths();
    Lines lines = new Lines("  ");
    lines.add(KEY_FILE, paths.keyFile());
    lines.add(STATE_DIR, paths.stateDir());
    lines.add(RUN_DIR, paths.runDir());
    lines.add(SOCKET, paths.socket());
    lines.add(OCF_ROOT, paths.ocfRoot());
    if (!String.join(", ", paths.fenceAgentDirs()).equals(FENCE_AGENT_DIRS.otherwise())) {
      String dirs =
          paths.fenceAgentDirs().stream()
              .map(NodeSettingsWriter::quoted)
              .collect(Collectors.joining(", "));
      lines.always(FENCE_AGENT_DIRS, "[" + dirs + "]");
    }
    return lines.text();
  }

  private void section(String name, String lines) {
    if (!lines.isEmpty()) {
      text.append(name).append(":\n").append(lines);
    }
  }

  /** The lines of one section. */
  private static final class Lines {
    private final StringBuilder text = new StringBuilder();
    private final String indent;

    Lines(String indent) {
      this.indent = indent;
    }

    void add(Setting setting, int value) {
      add(setting, Integer.toString(value));
    }

    void add(Setting setting, boolean value) {
      add(setting, value ? "yes" : "no");
    }

    void add(Setting setting, String value) {
      if (!Objects.equals(value, setting.otherwise())) {
        always(setting, setting.type() instanceof Setting.Path ? quoted(value) : value);
      }
    }

    void always(Setting setting, String yaml) {
      text.append(indent).append(setting.name()).append(": ").append(yaml).append('\n');
    }

    String text() {
      return text.toString();
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** In double quotes, so that no text is taken for a number or for YAML's own signs. */
  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
