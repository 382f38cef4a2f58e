package org.ringward.core.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.CorosyncText.Entry;
import org.ringward.core.config.CorosyncText.Section;
import org.ringward.core.config.LinkSettings.Transport;
import org.ringward.core.config.NodeSettings.Member;
import org.ringward.core.config.NodeSettings.PathSettings;

/**
 * Reads a corosync.conf: what it says is taken with Corosync's meanings and defaults
 * (reference/corosync-conf.md), what it cannot say with Ringward's. docs/corosync-conf.md has every
 * key.
 */
public final class CorosyncConf {

  /** What a watchdog has in Corosync when nothing is said. */
  private static final int COROSYNC_WATCHDOG_SECONDS = 6;

  private static final String DEFAULT_KEY_FILE = "/etc/corosync/authkey";

  /** What a cluster is called in reports when its file does not say. */
  private static final String UNNAMED = "unnamed";

  private final String fileName;
  private final MachineNames machine;
  private final List<String> warnings = new ArrayList<>();
  private final Map<String, CorosyncSection> read = new TreeMap<>();

  private CorosyncConf(String fileName, MachineNames machine) {
    this.fileName = fileName;
    this.machine = machine;
  }

  /**
   * What a file says.
   *
   * @param warnings what has no effect though someone wrote it, a sentence each with file and line
   */
  public record Reading(NodeSettings settings, List<String> warnings) {
    public Reading {
      warnings = List.copyOf(warnings);
    }
  }

  /** A text and how messages call it. */
  public record TextFile(String name, String text) {}

  /** Whether the text is a corosync.conf rather than a node file of Ringward. */
  public static boolean isOne(String text) {
    return CorosyncText.isOne(text);
  }

  /**
   * The settings in the text of a corosync.conf.
   *
   * @param uidGid the files of uidgid.d; only their sections uidgid count
   * @throws OperatorException naming file, line, key, what was found and what is allowed
   */
  public static Reading read(
      String fileName, String text, List<TextFile> uidGid, MachineNames machine) {
    CorosyncConf conf = new CorosyncConf(fileName, machine);
    NodeSettings settings = conf.settings(CorosyncText.parse(fileName, text), uidGid);
    return new Reading(settings, conf.warnings);
  }

  private NodeSettings settings(Section top, List<TextFile> uidGid) {
    top.entries().forEach(entry -> warnings.add(CorosyncSection.unknown(fileName, entry, "")));
    CorosyncSection totem = section(top, "totem");
    if (!totem.has("version")) {
      throw totem.refuse("version", "totem.version is missing; allowed: 2");
    }
    CorosyncNodes nodes = nodes(top, totem);
    List<Member> members = nodes.entries().members();
    int local = LocalNode.find(nodes.listed(), machine);
    if (local < 0) {
      throw noLocalNode(top, members);
    }
    NodeSettings.Member self = nodes.entries().inOrderOfFile().get(local).member();
    LinkSettings links = links(totem, nodes.entries().links());
    CorosyncSection system = section(top, "system");
    TotemSettings timers = totem(totem, members.size());
    other(top);
    RealTime realTime = "no".equals(system.given("sched_rr")) ? RealTime.NO : RealTime.AUTO;
    return NodeSettings.builder(
            Objects.requireNonNullElse(totem.given("cluster_name"), UNNAMED), self.name(), members)
        .links(links)
        .totem(timers)
        .quorum(quorum(section(top, "quorum"), members, timers))
        .paths(paths(totem, system))
        .configVersion(Long.parseUnsignedLong(totem.text(TotemKeys.CONFIG_VERSION)))
        .daemon(new DaemonSettings(realTime, access(top, uidGid), WebSettings.NONE, LogForm.AUTO))
        .inlineKey(inlineKey(totem))
        .watchdog(watchdog(section(top, "resources")))
        .build();
  }

  /** All sections of that name at the top as one, or an empty one. */
  private CorosyncSection section(Section top, String name) {
    CorosyncSection before = read.get(name);
    if (before != null) {
      return before;
    }
    List<Section> parts = top.sections().stream().filter(each -> each.name().equals(name)).toList();
    CorosyncSection section =
        parts.isEmpty()
            ? new CorosyncSection(fileName, name)
            : new CorosyncSection(fileName, parts, warnings);
    read.put(name, section);
    return section;
  }

  private CorosyncNodes nodes(Section top, CorosyncSection totem) {
    Transport transport = LinksReader.transport(totem);
    @Nullable String version = totem.given("ip_version");
    String otherwise = transport == Transport.UDP ? "ipv4" : "ipv6-4";
    boolean clear = "yes".equals(totem.given("clear_node_high_bit"));
    CorosyncNodes nodes =
        new CorosyncNodes(
            transport, Objects.requireNonNullElse(version, otherwise), clear, machine);
    CorosyncSection list = section(top, "nodelist");
    for (Section node : list.sections("node")) {
      checkLinks(list, node);
      CorosyncSection section = new CorosyncSection(fileName, List.of(node), warnings);
      nodes.add(section);
      inner(section, List.of());
    }
    inner(list, List.of("node"));
    if (nodes.entries().isEmpty()) {
      throw list.refuse(list.line(), "nodelist has no node { }; all nodes must be in the list");
    }
    return nodes;
  }

  /** Links above the last one are no unknown keys but a mistake. */
  private static void checkLinks(CorosyncSection list, Section node) {
    for (Entry entry : node.entries()) {
      if (entry.key().matches("ring[0-9]+_addr") && !entry.key().matches("ring[0-7]_addr")) {
        String sentence = "nodelist.node." + entry.key() + ": links are numbered 0 to 7";
        throw list.refuse(entry.line(), sentence);
      }
    }
  }

  private OperatorException noLocalNode(Section top, List<Member> members) {
    int line =
        top.sections().stream()
            .filter(each -> each.name().equals("nodelist"))
            .mapToInt(Section::line)
            .findFirst()
            .orElse(1);
    String sentence = "no node of the list is this machine: neither name nor ring0_addr of one is";
    String found = " its host name \"" + machine.hostName() + "\" or an address of it";
    String names = NodeSettingsYaml.listed(members.stream().map(Member::name).toList());
    return new OperatorException(
        ExitCode.CONFIGURATION, fileName + ":" + line + ": " + sentence + found + names);
  }

  private LinkSettings links(CorosyncSection totem, SortedMap<Integer, Boolean> links) {
    SortedMap<Integer, List<Section>> parts = new TreeMap<>();
    for (Section part : totem.sections("interface")) {
      CorosyncSection one = new CorosyncSection(fileName, List.of(part), warnings);
      inner(one, List.of());
      int link = one.number(InterfaceKeys.LINKNUMBER);
      parts.computeIfAbsent(link, _ -> new ArrayList<>()).add(part);
      if (!links.containsKey(link)) {
        String sentence = ": totem.interface of link " + link + " has no effect: the nodes have";
        warnings.add(fileName + ":" + part.line() + sentence + " no address on that link");
      }
    }
    inner(totem, List.of("interface"));
    CorosyncSection none = new CorosyncSection(fileName, "totem.interface");
    SortedMap<Integer, CorosyncSection> sections = new TreeMap<>();
    // What was unknown in a part has been told above.
    parts.forEach(
        (link, all) -> sections.put(link, new CorosyncSection(fileName, all, new ArrayList<>())));
    String cluster = totem.given("cluster_name");
    checkGroup(totem, sections.getOrDefault(0, none), cluster);
    return new LinksReader(
            totem,
            link -> sections.getOrDefault(link, none),
            links,
            Objects.requireNonNullElse(cluster, ""))
        .read();
  }

  private static void checkGroup(
      CorosyncSection totem, CorosyncSection link, @Nullable String cluster) {
    boolean udp = LinksReader.transport(totem) == Transport.UDP;
    if (udp && cluster == null && !link.has(InterfaceKeys.MCASTADDR)) {
      String sentence =
          "transport udp needs totem.interface.mcastaddr, or totem.cluster_name, from";
      throw totem.refuse("transport", sentence + " which the address of the group follows");
    }
  }

  private static TotemSettings totem(CorosyncSection totem, int nodes) {
    int netmtu = totem.number(TotemKeys.NETMTU);
    if (netmtu < 576) {
      String sentence = "totem.netmtu is " + netmtu + "; at least 576 bytes are needed";
      throw totem.refuse("netmtu", sentence);
    }
    return TotemReader.read(totem, TotemSettings.COROSYNC, TotemReader.COROSYNC_LEAST, nodes);
  }

  /** What corosync-qdevice reads; without model there is no device, whatever else is there. */
  private DeviceSettings device(
      CorosyncSection quorum, List<Member> members, TotemSettings timers) {
    boolean hasModel =
        quorum.sections("device").stream()
            .flatMap(each -> each.entries().stream())
            .anyMatch(entry -> entry.key().equals("model") && !entry.value().isEmpty());
    if (!hasModel) {
      return DeviceSettings.NONE;
    }
    CorosyncSection device = part(quorum, "device");
    CorosyncSection net = part(device, "net");
    CorosyncSection heuristics = part(device, "heuristics");
    inner(device, List.of("net", "heuristics"));
    inner(net, List.of());
    @Nullable String mode = heuristics.given("mode");
    if (mode != null && !mode.equals("off")) {
      String sentence = "quorum.device.heuristics.mode is \"" + mode + "\": programs that the";
      throw heuristics.refuse("mode", sentence + " device's decision hangs on are not built");
    }
    return new DeviceReader(quorum, device, net, members, timers, true, null).read();
  }

  /** All sections of that name inside another one as one, or an empty one. */
  private CorosyncSection part(CorosyncSection outer, String name) {
    List<Section> parts = outer.sections(name);
    return parts.isEmpty()
        ? new CorosyncSection(fileName, outer.path() + "." + name)
        : new CorosyncSection(fileName, parts, warnings);
  }

  private QuorumSettings quorum(
      CorosyncSection quorum, List<Member> members, TotemSettings timers) {
    inner(quorum, List.of("device"));
    List<String> told = new ArrayList<>();
    @Nullable String provider = quorum.given("provider");
    if ("corosync_ykd".equals(provider)) {
      String sentence =
          "quorum.provider is \"corosync_ykd\": Corosync's older provider is not built";
      throw quorum.refuse("provider", sentence + "; allowed: corosync_votequorum");
    }
    DeviceSettings device = device(quorum, members, timers);
    QuorumSettings settings = new QuorumReader(quorum, members, device).corosync(told);
    told.forEach(each -> warnings.add(fileName + ":" + quorum.line() + ": " + each));
    return settings;
  }

  private static PathSettings paths(CorosyncSection totem, CorosyncSection system) {
    return new PathSettings(
        Objects.requireNonNullElse(totem.given("keyfile"), DEFAULT_KEY_FILE),
        Objects.requireNonNullElse(system.given("state_dir"), otherwise(SettingsList.STATE_DIR)),
        otherwise(SettingsList.RUN_DIR),
        otherwise(SettingsList.SOCKET),
        otherwise(SettingsList.OCF_ROOT),
        List.of(otherwise(SettingsList.FENCE_AGENT_DIRS).split(", ")));
  }

  private static String otherwise(Setting setting) {
    return Objects.requireNonNull(setting.otherwise());
  }

  /** Corosync feeds it as long as it turns, with or without quorum. */
  private static WatchdogSettings watchdog(CorosyncSection resources) {
    @Nullable String device = resources.given("watchdog_device");
    if (device == null || device.equals("off")) {
      return WatchdogSettings.NONE;
    }
    @Nullable String timeout = resources.given("watchdog_timeout");
    return new WatchdogSettings(
        device,
        timeout == null ? COROSYNC_WATCHDOG_SECONDS : Integer.parseInt(timeout),
        0,
        WatchdogSettings.Promise.ALIVE);
  }

  /** The key file comes first where both are given. */
  private static @Nullable InlineKey inlineKey(CorosyncSection totem) {
    @Nullable String key = totem.given("key");
    return key == null || totem.has("keyfile") ? null : new InlineKey(key);
  }

  private AccessSettings access(Section top, List<TextFile> uidGid) {
    List<String> users = new ArrayList<>();
    List<String> groups = new ArrayList<>();
    access(fileName, top, users, groups);
    for (TextFile file : uidGid) {
      access(file.name(), CorosyncText.parse(file.name(), file.text()), users, groups);
    }
    return new AccessSettings(users, groups);
  }

  private void access(String file, Section top, List<String> users, List<String> groups) {
    for (Section section : top.sections()) {
      if (section.name().equals("uidgid")) {
        CorosyncSection one = new CorosyncSection(file, List.of(section), warnings);
        Stream.ofNullable(one.given("uid")).forEach(users::add);
        Stream.ofNullable(one.given("gid")).forEach(groups::add);
      }
    }
  }

  /** The sections without effect on the ring: their values are checked all the same. */
  private void other(Section top) {
    inner(section(top, "system"), List.of());
    inner(section(top, "logging"), List.of("logger_subsys"));
    for (Section subsystem : section(top, "logging").sections("logger_subsys")) {
      CorosyncSection one = new CorosyncSection(fileName, List.of(subsystem), warnings);
      if (!one.has("subsys")) {
        throw one.refuse(one.line(), "logging.logger_subsys.subsys is missing");
      }
    }
    inner(section(top, "resources"), List.of());
    for (Section section : top.sections()) {
      boolean read =
          List.of("totem", "nodelist", "quorum", "logging", "system", "resources", "uidgid")
              .contains(section.name());
      if (!read) {
        tellUnknown(section, CorosyncKeys.namesIn(""));
      }
    }
  }

  /** Tells of sections inside a section that are not known there. */
  private void inner(CorosyncSection parent, List<String> known) {
    for (Section section : parent.sections()) {
      if (!known.contains(section.name())) {
        tellUnknown(section, CorosyncKeys.namesIn(parent.path()));
      }
    }
  }

  private void tellUnknown(Section section, List<String> near) {
    String where = fileName + ":" + section.line() + ": ";
    @Nullable String why = CorosyncKeys.REFUSED_SECTIONS.get(section.path());
    if (why != null) {
      String sentence = "section " + section.path() + " is refused: " + why;
      throw new OperatorException(ExitCode.CONFIGURATION, where + sentence);
    }
    if (!CorosyncKeys.OPAQUE_SECTIONS.contains(section.path())) {
      @Nullable String nearest = Nearest.of(section.name(), near);
      String guess = nearest == null ? "" : "; did you mean \"" + nearest + "\"?";
      warnings.add(where + "unknown section " + section.path() + " has no effect" + guess);
    }
  }
}
