package org.ringward.core.config;

import static org.ringward.core.config.RegionKeys.*;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ringward.core.config.NodeSettings.Member;
import org.ringward.core.config.RegionSettings.Broadcast;
import org.ringward.core.config.RegionSettings.Disk;
import org.ringward.core.config.RegionSettings.Medium;
import org.ringward.core.config.RegionSettings.Multicast;
import org.ringward.core.config.RegionSettings.Ping;
import org.ringward.core.config.RegionSettings.Region;
import org.ringward.core.config.RegionSettings.Serial;
import org.ringward.core.config.RegionSettings.Times;
import org.ringward.core.config.RegionSettings.Unicast;
import org.ringward.core.config.SettingsSource.Section;
import org.ringward.core.config.SettingsSource.Words;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Heartbeat regions out of the list regions, and what must hold between their settings. */
final class RegionsReader {
  /** Slots of a shared disk: a node's slot is its id. */
  private static final int SLOTS_MOST = 255;

  /** o2cb's interval (reference/ecosystem.md, B10). */
  private static final int O2CB_MILLIS = 2000;

  /**
   * Bytes of a heartbeat on a serial line: header, code and framing, a view, half an
   * acknowledgement.
   */
  private static final int SERIAL_FRAME_BYTES = 108;

  private static final int BITS_PER_BYTE = 10; // start and stop bit

  private final SettingsSource source;
  private final List<Member> members;
  private final String nodeName;
  private final DeviceSettings.Model device;
  private final List<Region> regions = new ArrayList<>();
  private final List<Ping> pings = new ArrayList<>();
  private final Map<String, Integer> linesOfNames = new LinkedHashMap<>();
  private final Map<String, String> users = new LinkedHashMap<>();

  /**
   * @param device the kind of quorum device that the cluster has
   */
  RegionsReader(
      SettingsSource source, List<Member> members, String nodeName, DeviceSettings.Model device) {
    this.source = source;
    this.device = device;
    this.members = members;
    this.nodeName = nodeName;
  }

  /** The regions of the list; the node may be absent. */
  RegionSettings read(Node node) {
    if (!(node instanceof SequenceNode list)) {
      String found = "regions must be a list of regions, found " + SettingsSource.kind(node);
      String form = "; each entry is {name: cable, kind: serial, devices: [/dev/ttyS0]}";
      throw source.refuse(SettingsSource.line(node), found + form);
    }
    for (Node each : list.getValue()) {
      entry(source.section("regions", each, Words.of("regions", ALL)));
    }
    return new RegionSettings(regions, pings);
  }

  private void entry(Section entry) {
    String name = entry.text(NAME);
    Integer before = linesOfNames.put(name.toLowerCase(Locale.ROOT), entry.line());
    if (before != null) {
      String sentence = "region name \"" + name + "\" is given twice, first in line " + before;
      throw entry.refuse(NAME, sentence);
    }
    String kind = entry.text(KIND);
    refuseForeignKeys(entry, kind);
    if (kind.startsWith(PING)) {
      pings.add(ping(entry, name, kind.equals(PING_GROUP)));
      return;
    }
    Times times = times(entry, kind.equals(DISK));
    Medium medium = medium(entry, kind, times);
    regions.add(new Region(name, times, medium));
    if (regions.size() > RegionSettings.REGIONS_MOST) {
      String sentence = "there are more than " + RegionSettings.REGIONS_MOST + " regions";
      throw entry.refuse(NAME, sentence);
    }
  }

  /** A key of another kind would have no effect; that is told, not ignored. */
  private static void refuseForeignKeys(Section entry, String kind) {
    List<Setting> own =
        switch (kind) {
          case UNICAST -> List.of(PORT, ADDRESSES);
          case MULTICAST -> List.of(PORT, INTERFACE, GROUP, TTL);
          case BROADCAST -> List.of(PORT, INTERFACE, IP_VERSION);
          case SERIAL -> List.of(DEVICES, BAUD);
          case PING, PING_GROUP -> List.of(KEEPALIVE, DEADTIME, HOSTS);
          case WITNESS -> List.of();
          default -> List.of(DEVICE, FORMAT, TKO, THRESHOLD);
        };
    List<Setting> common =
        kind.startsWith(PING)
            ? List.of(NAME, KIND)
            : List.of(NAME, KIND, KEEPALIVE, DEADTIME, WARNTIME, INITDEAD);
    for (Setting setting : ALL) {
      if (entry.has(setting) && !common.contains(setting) && !own.contains(setting)) {
        String sentence = "a region of kind " + kind + " has no " + setting.name();
        String names = String.join(", ", own.stream().map(Setting::name).toList());
        throw entry.refuse(setting, own.isEmpty() ? sentence : sentence + "; it has " + names);
      }
    }
  }

  /** Hosts that are asked for an echo; they say nothing about nodes' lives. */
  private Ping ping(Section entry, String name, boolean group) {
    if (!entry.has(HOSTS)) {
      required(entry, HOSTS);
    }
    List<String> hosts = entry.texts(HOSTS);
    for (String host : hosts) {
      once(entry, HOSTS, "ping host " + host);
      for (Member member : members) {
        if (member.address().equals(host)) {
          String sentence = host + " is node " + member.name() + "; ping hosts are no nodes: ";
          throw entry.refuse(HOSTS, sentence + "when that node dies nobody is disconnected");
        }
      }
    }
    int counted = pings.stream().mapToInt(each -> each.hosts().size()).sum() + hosts.size();
    if (counted > RegionSettings.PING_HOSTS_MOST) {
      String sentence = "there are more than " + RegionSettings.PING_HOSTS_MOST + " ping hosts";
      throw entry.refuse(HOSTS, sentence);
    }
    int keepalive = entry.number(KEEPALIVE);
    int deadtime = deadtime(entry, keepalive, false);
    if (deadtime <= 2 * keepalive) {
      throw entry.refuse(DEADTIME, tooShort(deadtime, keepalive));
    }
    return new Ping(name, hosts, keepalive, deadtime, group);
  }

  private Medium medium(Section entry, String kind, Times times) {
    return switch (kind) {
      case UNICAST -> unicast(entry);
      case MULTICAST -> multicast(entry);
      case BROADCAST -> {
        Broadcast broadcast =
            new Broadcast(
                entry.number(PORT),
                required(entry, INTERFACE),
                entry.text(IP_VERSION).equals("ipv4"));
        String family = broadcast.v4() ? "ipv4 " : "ipv6 ";
        once(entry, INTERFACE, "broadcast " + family + broadcast.where());
        yield broadcast;
      }
      case SERIAL -> serial(entry, times);
      case WITNESS -> witness(entry);
      default -> disk(entry);
    };
  }

  private Medium witness(Section entry) {
    once(entry, KIND, "the network witness");
    if (device != DeviceSettings.Model.WITNESS) {
      String sentence = "a region of kind witness needs the network witness as quorum device";
      throw entry.refuse(KIND, sentence + " (quorum.device.model: witness)");
    }
    return new RegionSettings.Witness();
  }

  private Unicast unicast(Section entry) {
    Node node = entry.node(ADDRESSES.name());
    SortedMap<Integer, String> addresses = new TreeMap<>();
    if (node == null) {
      members.forEach(member -> addresses.put(member.id(), member.address()));
    } else {
      addresses(entry, node, addresses);
    }
    boolean v4 = addresses.values().stream().anyMatch(address -> !address.contains(":"));
    boolean v6 = addresses.values().stream().anyMatch(address -> address.contains(":"));
    if (v4 && v6) {
      throw entry.refuse(ADDRESSES, "the addresses of a region must all be IPv4, or all IPv6");
    }
    Unicast unicast = new Unicast(entry.number(PORT), addresses);
    int self =
        members.stream()
            .filter(each -> each.name().equals(nodeName))
            .findFirst()
            .orElseThrow()
            .id();
    once(entry, PORT, "address " + addresses.get(self) + " port " + unicast.port());
    return unicast;
  }

  private void addresses(Section entry, Node node, SortedMap<Integer, String> addresses) {
    if (!(node instanceof MappingNode mapping)) {
      String sentence = "regions.addresses must be {node: address, ...}, found ";
      throw entry.refuse(ADDRESSES, sentence + SettingsSource.kind(node));
    }
    List<String> names = members.stream().map(Member::name).toList();
    for (NodeTuple tuple : mapping.getValue()) {
      int line = SettingsSource.line(tuple.getKeyNode());
      String name = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
      if (!names.contains(name)) {
        String nearest = Nearest.of(name, names);
        String guess = nearest == null ? "" : "; did you mean \"" + nearest + "\"?";
        String sentence = "regions.addresses names \"" + name + "\", which is not in nodes";
        throw source.refuse(line, sentence + guess);
      }
      String text =
          tuple.getValueNode() instanceof ScalarNode scalar
              ? ADDRESSES.type().accept(scalar.getValue())
              : null;
      if (text == null) {
        String sentence = "the address of " + name + " is " + kind(tuple) + "; allowed: ";
        throw source.refuse(line, sentence + ADDRESSES.type().range());
      }
      if (addresses.containsValue(text)) {
        throw source.refuse(line, "address " + text + " is given to two nodes");
      }
      addresses.put(members.get(names.indexOf(name)).id(), text);
    }
    for (Member member : members) {
      if (!addresses.containsKey(member.id())) {
        throw entry.refuse(ADDRESSES, "regions.addresses has no address of node " + member.name());
      }
    }
  }

  private static String kind(NodeTuple tuple) {
    return SettingsSource.kind(tuple.getValueNode());
  }

  private Multicast multicast(Section entry) {
    Multicast multicast =
        new Multicast(
            required(entry, GROUP),
            entry.number(PORT),
            required(entry, INTERFACE),
            entry.number(TTL));
    once(entry, GROUP, "multicast " + multicast.where());
    return multicast;
  }

  private Serial serial(Section entry, Times times) {
    if (!entry.has(DEVICES)) {
      required(entry, DEVICES);
    }
    Serial serial = new Serial(entry.texts(DEVICES), Integer.parseInt(entry.text(BAUD)));
    if (serial.devices().size() > 4) {
      throw entry.refuse(DEVICES, "a region has at most 4 serial lines, as Heartbeat");
    }
    serial.devices().forEach(device -> once(entry, DEVICES, "serial line " + device));
    int frame = SERIAL_FRAME_BYTES + 2 * ((members.size() + 7) / 8);
    long needed = (long) members.size() * frame * BITS_PER_BYTE * 1000 / times.keepalive();
    if (needed > serial.baud()) {
      long least = (long) members.size() * frame * BITS_PER_BYTE * 1000 / serial.baud() + 1;
      throw entry.refuse(
          BAUD,
          "%d nodes with a heartbeat every %d ms need %d baud, the line has %d; set keepalive to at least %d or baud higher"
              .formatted(members.size(), times.keepalive(), needed, serial.baud(), least));
    }
    return serial;
  }

  private Disk disk(Section entry) {
    Disk disk = new Disk(required(entry, DEVICE), entry.text(FORMAT).equals("sbd"));
    once(entry, DEVICE, "disk " + disk.device());
    for (Member member : members) {
      if (member.id() > SLOTS_MOST || member.id() < 1) {
        String sentence =
            "node " + member.name() + " has id " + member.id() + ", but a shared disk";
        throw entry.refuse(DEVICE, sentence + " has a slot for ids 1 to " + SLOTS_MOST + " only");
      }
    }
    return disk;
  }

  private static Times times(Section entry, boolean disk) {
    boolean o2cb = disk && entry.has(THRESHOLD);
    int keepalive = o2cb && !entry.has(KEEPALIVE) ? O2CB_MILLIS : entry.number(KEEPALIVE);
    int deadtime = deadtime(entry, keepalive, disk);
    int warntime = entry.has(WARNTIME) ? entry.number(WARNTIME) : deadtime / 2;
    int initdead = entry.has(INITDEAD) ? entry.number(INITDEAD) : 2 * deadtime;
    if (deadtime <= 2 * keepalive) {
      throw entry.refuse(DEADTIME, tooShort(deadtime, keepalive));
    }
    if (warntime <= keepalive || warntime > deadtime) {
      String sentence = "regions.warntime is " + warntime + " ms; it must be more than keepalive (";
      throw entry.refuse(
          WARNTIME, sentence + keepalive + ") and at most deadtime (" + deadtime + ")");
    }
    if (initdead < deadtime) {
      String sentence = "regions.initdead is " + initdead + " ms; it must be at least deadtime (";
      throw entry.refuse(INITDEAD, sentence + deadtime + ")");
    }
    return new Times(keepalive, deadtime, warntime, initdead);
  }

  private static String tooShort(int deadtime, int keepalive) {
    return "regions.deadtime is %d ms; it must be more than twice the keepalive of %d ms"
        .formatted(deadtime, keepalive);
  }

  private static int deadtime(Section entry, int keepalive, boolean disk) {
    int given = 0;
    int deadtime = 10 * keepalive;
    if (entry.has(DEADTIME)) {
      given++;
      deadtime = entry.number(DEADTIME);
    }
    if (disk && entry.has(TKO)) {
      given++;
      deadtime = entry.number(TKO) * keepalive;
    }
    if (disk && entry.has(THRESHOLD)) {
      given++;
      deadtime = (entry.number(THRESHOLD) - 1) * keepalive;
    }
    if (given > 1) {
      throw entry.refuse(DEADTIME, "deadtime, tko and threshold say the same; give one of them");
    }
    return deadtime;
  }

  private static String required(Section entry, Setting setting) {
    if (!entry.has(setting)) {
      String sentence = setting.name() + " is missing in this entry of regions: ";
      throw entry.refuse(setting, sentence + setting.type().range());
    }
    return setting.type() instanceof Setting.ListOf ? "" : entry.text(setting);
  }

  /** Two regions on one thing would break at the same moment, or hear each other. */
  private void once(Section entry, Setting setting, String thing) {
    String before = users.put(thing, entry.text(NAME));
    if (before != null) {
      throw entry.refuse(setting, thing + " is used by region " + before + " already");
    }
  }
}
