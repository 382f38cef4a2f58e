package org.ringward.core.config;

import static org.ringward.core.config.SettingsList.*;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.LinkSettings.Transport;
import org.ringward.core.config.NodeEntries.Part;
import org.ringward.core.config.NodeSettings.Member;
import org.ringward.core.config.NodeSettings.PathSettings;
import org.ringward.core.config.SettingsSource.Section;
import org.ringward.core.config.SettingsSource.Words;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads and writes the node file; docs/node-settings.md describes it. */
public final class NodeSettingsYaml {
  private static final String COMPRESSION =
      "kronosnet's compression is not built; leave it out (on all nodes)";

  private final SettingsSource source;

  private NodeSettingsYaml(SettingsSource source) {
    this.source = source;
  }

  /**
   * The settings in the text of a node file.
   *
   * @param fileName how messages call the file
   * @param hostName name of this node when the file does not give one; the part before the first
   *     dot is tried too
   * @throws org.ringward.core.base.OperatorException naming file, line, key, what was found and
   *     what is allowed
   */
  public static NodeSettings read(String fileName, String text, String hostName) {
    return new NodeSettingsYaml(new SettingsSource(fileName)).settings(text, hostName);
  }

  /** A node file with these settings; defaults are left out. Reading it gives them back. */
  public static String write(NodeSettings settings) {
    return NodeSettingsWriter.write(settings);
  }

  private NodeSettings settings(String text, String hostName) {
    Section top = source.top(text, topWords());
    Section totem = section(top, "totem", totemWords());
    String cluster = cluster(top, totem);
    NodeEntries nodes = nodes(top);
    List<Member> members = nodes.members();
    String nodeName = nodeName(top, members, hostName);
    SortedMap<Integer, Boolean> numbers = nodes.links();
    Interfaces interfaces = interfaces(totem, numbers);
    LinkSettings links = new LinksReader(totem, interfaces::of, numbers, cluster).read();
    checkFamilies(totem, numbers);
    Section quorum = section(top, "quorum", quorumWords());
    long budget = budget(top);
    TotemSettings usual = budget == 0 ? TotemSettings.DEFAULT : FailoverBudget.ring(budget);
    TotemSettings ring = TotemReader.read(totem, usual, TotemReader.LEAST, members.size());
    TotemTimes times = TotemTimes.of(ring, members.size());
    DeviceSettings device = device(quorum, members, ring);
    return NodeSettings.builder(cluster, nodeName, members)
        .links(links)
        .totem(ring)
        .failoverWithinMillis(budget)
        .quorum(new QuorumReader(quorum, members, device).strict())
        .paths(paths(section(top, "paths", Words.of("paths", ALL)), totem))
        .configVersion(Long.parseUnsignedLong(totem.text(TotemKeys.CONFIG_VERSION)))
        .inlineKey(totem.has(TotemKeys.KEY) ? new InlineKey(totem.text(TotemKeys.KEY)) : null)
        .regions(regions(top, members, nodeName, device.model(), budget))
        .watchdog(WatchdogKeys.read(section(top, "watchdog", Words.of("watchdog", ALL)), times))
        .daemon(daemon(top))
        .build();
  }

  private DaemonSettings daemon(Section top) {
    return new DaemonSettings(
        RealTime.valueOf(top.text(REALTIME).toUpperCase(Locale.ROOT)),
        AccessSettings.NONE,
        WebKeys.read(section(top, "web", Words.of("web", ALL))),
        LogKeys.read(section(top, "log", Words.of("log", ALL))));
  }

  private long budget(Section top) {
    if (!top.has(FAILOVER_WITHIN)) {
      return 0;
    }
    long budget = Setting.Time.millis(top.text(FAILOVER_WITHIN));
    if (budget < FailoverBudget.leastMillis()) {
      String found = "failover_within is " + Setting.Time.text(budget);
      throw source.refuse(
          top.line(FAILOVER_WITHIN),
          "%s; token + consensus = 2.2 * token must fit into half of it, and the shortest token is %d ms: at least %d ms are needed"
              .formatted(found, FailoverBudget.TOKEN_LEAST, FailoverBudget.leastMillis()));
    }
    return budget;
  }

  private RegionSettings regions(
      Section top,
      List<Member> members,
      String nodeName,
      DeviceSettings.Model device,
      long budget) {
    Node node = top.node("regions");
    return node == null
        ? RegionSettings.NONE
        : new RegionsReader(source, members, nodeName, device, budget).read(node);
  }

  private static Words topWords() {
    Words words = Words.of("", ALL);
    SECTIONS.forEach(section -> words.and(section, section));
    return words.and("nodelist", "nodes");
  }

  private static Words totemWords() {
    return Words.of("totem", ALL)
        .and("interface", "interface")
        .and("cluster_name", "cluster_name")
        .and("keyfile", "keyfile")
        .not("knet_compression_model", COMPRESSION)
        .not("knet_compression_threshold", COMPRESSION)
        .not("knet_compression_level", COMPRESSION);
  }

  private static Words interfaceWords() {
    return Words.of("totem.interface", ALL)
        .not("ringnumber", "Corosync 2's name; since Corosync 3 it is linknumber")
        .not("bindnetaddr", "the addresses of the node list say where a link is bound")
        .not("knet_transport", "links are carried by udp, and nothing else is built");
  }

  private static Words quorumWords() {
    return Words.of("quorum", ALL).and("device", "device");
  }

  private DeviceSettings device(Section quorum, List<Member> members, TotemSettings timers) {
    Words words =
        Words.of("quorum.device", ALL)
            .and("net", "net")
            .and("disk", "disk")
            .not(
                "heuristics",
                "a disk's heuristics are quorum.device.disk.heuristics; others have none");
    Section device = inner(quorum, "device", words);
    Section net = inner(device, "net", Words.of("quorum.device.net", ALL));
    Section disk = inner(device, "disk", DiskReader.words());
    DiskReader disks = new DiskReader(source, disk, members);
    if (device.node("disk") != null && !device.text(DeviceKeys.MODEL).equals("disk")) {
      String model = device.text(DeviceKeys.MODEL);
      String sentence = "quorum.device.disk is given, but quorum.device.model is " + model;
      throw source.refuse(disk.line(), sentence);
    }
    return new DeviceReader(quorum, device, net, members, timers, false, disks::read).read();
  }

  /** A section inside another one, under its full name. */
  private Section inner(Section outer, String name, Words words) {
    Node node = outer.node(name);
    String full = outer.name() + "." + name;
    return node == null
        ? new Section(source, full, outer.line(), Map.of())
        : source.section(full, node, words);
  }

  /** The section, or an empty one that yields every default. */
  private Section section(Section top, String name, Words words) {
    Node node = top.node(name);
    return node == null
        ? new Section(source, name, top.line(), Map.of())
        : source.section(name, node, words);
  }

  private String cluster(Section top, Section totem) {
    if (totem.node("cluster_name") == null) {
      return top.text(CLUSTER);
    }
    if (top.has(CLUSTER)) {
      String sentence = "totem.cluster_name says again what cluster says in line ";
      throw source.refuse(totem.line("cluster_name"), sentence + top.line(CLUSTER));
    }
    return totem.text("cluster_name", CLUSTER);
  }

  private NodeEntries nodes(Section top) {
    Node node = top.node("nodes");
    if (node == null) {
      throw source.refuse(top.line(), "nodes is missing: the list of all nodes of the cluster");
    }
    if (!(node instanceof SequenceNode list) || list.getValue().isEmpty()) {
      String found = "nodes must be a list of nodes, found " + SettingsSource.kind(node);
      String form = "; each entry is {name: n1, id: 1, address: 10.0.0.1}";
      throw source.refuse(SettingsSource.line(node), found + form);
    }
    Words words = Words.of("nodes", ALL);
    for (int link = 1; link < LinkSettings.LINKS_MOST; link++) {
      words.and(addressKey(link), addressKey(link));
    }
    NodeEntries nodes = new NodeEntries();
    for (Node each : list.getValue()) {
      Section entry = source.section("nodes", each, words);
      nodes.add(
          new NodeEntries.Entry(
              entry.number(NODES_ID),
              entry.text(NODES_NAME),
              addresses(entry),
              entry.number(NODES_VOTES),
              new EntryComplaints(entry)));
    }
    return nodes;
  }

  private static String addressKey(int link) {
    return "ring" + link + "_addr";
  }

  private SortedMap<Integer, String> addresses(Section entry) {
    SortedMap<Integer, String> addresses = new TreeMap<>();
    if (entry.has(NODES_ADDRESSES)) {
      for (String each : entry.texts(NODES_ADDRESSES)) {
        addresses.put(addresses.size(), each);
      }
      if (entry.has(NODES_ADDRESS)) {
        String sentence = "address and addresses are both given; say it once";
        throw source.refuse(entry.line(NODES_ADDRESSES), sentence);
      }
    } else {
      addresses.put(0, entry.text(NODES_ADDRESS));
    }
    if (addresses.size() > LinkSettings.LINKS_MOST) {
      String sentence =
          "nodes.addresses has " + addresses.size() + " addresses; a node has at most ";
      throw source.refuse(
          entry.line(NODES_ADDRESSES), sentence + LinkSettings.LINKS_MOST + " links");
    }
    for (int link = 1; link < LinkSettings.LINKS_MOST; link++) {
      if (entry.node(addressKey(link)) != null) {
        String before = addresses.put(link, entry.text(addressKey(link), NODES_ADDRESS));
        if (before != null) {
          String sentence = addressKey(link) + " is given, and addresses has that link too";
          throw source.refuse(entry.line(addressKey(link)), sentence);
        }
      }
    }
    return addresses;
  }

  /** Complaints about one entry of the node list. */
  private record EntryComplaints(Section entry) implements NodeEntries.Complaints {
    @Override
    public OperatorException refuse(Part part, int link, String sentence) {
      int line =
          switch (part) {
            case NODE -> entry.line();
            case NAME -> entry.line(NODES_NAME);
            case ID -> entry.line(NODES_ID);
            case ADDRESS -> addressLine(link);
          };
      return entry.source().refuse(line, sentence);
    }

    @Override
    public int line() {
      return entry.line();
    }

    private int addressLine(int link) {
      if (entry.node(addressKey(link)) != null) {
        return entry.line(addressKey(link));
      }
      return entry.line(entry.has(NODES_ADDRESSES) ? NODES_ADDRESSES : NODES_ADDRESS);
    }
  }

  /** What the file says about links, by their numbers. */
  private record Interfaces(SortedMap<Integer, Section> sections, Section none) {
    Section of(int link) {
      return sections.getOrDefault(link, none);
    }
  }

  private Interfaces interfaces(Section totem, SortedMap<Integer, Boolean> links) {
    SortedMap<Integer, Section> sections = new TreeMap<>();
    Node node = totem.node("interface");
    if (node != null && !(node instanceof SequenceNode)) {
      String found = "totem.interface must be a list of links, found " + SettingsSource.kind(node);
      String form = "; each entry is {linknumber: 0, mcastport: 5405}";
      throw source.refuse(SettingsSource.line(node), found + form);
    }
    List<Node> entries = node instanceof SequenceNode list ? list.getValue() : List.of();
    for (Node each : entries) {
      Section section = source.section("totem.interface", each, interfaceWords());
      int link = section.number(InterfaceKeys.LINKNUMBER);
      int line = section.line(InterfaceKeys.LINKNUMBER);
      if (!links.containsKey(link)) {
        String sentence = "totem.interface says something about link " + link + ", but the nodes";
        throw source.refuse(
            line, sentence + " have addresses on links " + links.keySet() + " only");
      }
      Section before = sections.put(link, section);
      if (before != null) {
        String sentence = "totem.interface has link " + link + " twice, first in line ";
        throw source.refuse(line, sentence + before.line());
      }
    }
    return new Interfaces(sections, new Section(source, "totem.interface", totem.line(), Map.of()));
  }

  private static void checkFamilies(Section totem, SortedMap<Integer, Boolean> links) {
    String version = totem.text(TotemKeys.IP_VERSION);
    boolean udp = LinksReader.transport(totem) == Transport.UDP;
    if ((version.equals("ipv4") && links.containsValue(false))
        || (version.equals("ipv6") && links.containsValue(true))) {
      String sentence = "totem.ip_version is " + version + ", but the nodes have addresses of the";
      throw totem.refuse(TotemKeys.IP_VERSION, sentence + " other family" + (udp ? " too" : ""));
    }
  }

  private String nodeName(Section top, List<Member> members, String hostName) {
    List<String> names = members.stream().map(Member::name).toList();
    if (top.has(NODE)) {
      String name = top.text(NODE);
      if (!names.contains(name)) {
        String nearest = Nearest.of(name, names);
        String guess = nearest == null ? "" : "; did you mean \"" + nearest + "\"?";
        String sentence = "node is \"" + name + "\", which is not in nodes" + guess;
        throw source.refuse(top.line(NODE), sentence + listed(names));
      }
      return name;
    }
    int dot = hostName.indexOf('.');
    String shortName = dot < 0 ? hostName : hostName.substring(0, dot);
    if (names.contains(hostName)) {
      return hostName;
    }
    if (names.contains(shortName)) {
      return shortName;
    }
    String sentence = "no node has this machine's host name \"" + hostName + "\"";
    throw source.refuse(
        top.line(),
        sentence + "; add it to nodes or say which one this is by node:" + listed(names));
  }

  static String listed(List<String> names) {
    List<String> first = names.subList(0, Math.min(names.size(), 12));
    return " (nodes: " + String.join(", ", first) + (first.size() < names.size() ? ", ...)" : ")");
  }

  private PathSettings paths(Section section, Section totem) {
    @Nullable String keyFile = null;
    if (totem.node("keyfile") != null) {
      keyFile = totem.text("keyfile", KEY_FILE);
      if (section.has(KEY_FILE)) {
        String sentence = "totem.keyfile says again what paths.key_file says in line ";
        throw source.refuse(totem.line("keyfile"), sentence + section.line(KEY_FILE));
      }
    }
    return new PathSettings(
        keyFile == null ? section.text(KEY_FILE) : keyFile,
        section.text(STATE_DIR),
        section.text(RUN_DIR),
        section.text(SOCKET),
        section.text(OCF_ROOT),
        section.texts(FENCE_AGENT_DIRS));
  }
}
