package org.ringward.core.config;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.LinkSettings.Transport;
import org.ringward.core.config.LocalNode.Listed;
import org.ringward.core.config.NodeEntries.Part;

/** The node list of a corosync.conf (reference/corosync-conf.md, section 3). */
final class CorosyncNodes {
  private static final Pattern ADDRESS = Pattern.compile("ring[0-9]+_addr");
  private static final int KNET_ID_MOST = 65_535;

  private final Transport transport;
  private final String ipVersion;
  private final boolean clearHighBit;
  private final MachineNames machine;
  private final NodeEntries nodes = new NodeEntries();
  private final List<Listed> listed = new ArrayList<>();

  /**
   * An empty list.
   *
   * @param ipVersion which of the addresses of a name is taken, as ip_version says it
   * @param clearHighBit whether ids that follow from addresses have 31 bits
   */
  CorosyncNodes(Transport transport, String ipVersion, boolean clearHighBit, MachineNames machine) {
    this.transport = transport;
    this.ipVersion = ipVersion;
    this.clearHighBit = clearHighBit;
    this.machine = machine;
  }

  NodeEntries entries() {
    return nodes;
  }

  /** The nodes as they are written, for finding this machine among them. */
  List<Listed> listed() {
    return listed;
  }

  void add(CorosyncSection node) {
    SortedMap<Integer, String> addresses = addresses(node);
    String written = node.given("ring0_addr");
    if (written == null) {
      String sentence = "nodelist.node.ring0_addr is missing; a node needs an address on link 0";
      throw node.refuse(node.line(), sentence);
    }
    int id = id(node, addresses);
    String given = node.given("name");
    if (given == null && addresses.size() > 1) {
      String sentence = "nodelist.node.name is missing; nodes with several links need names";
      throw node.refuse(node.line(), sentence);
    }
    String votes = node.given("quorum_votes");
    nodes.add(
        new NodeEntries.Entry(
            id,
            name(given, written, id),
            addresses,
            votes == null ? 1 : Integer.parseInt(votes),
            new NodeComplaints(node)));
    listed.add(new Listed(given == null ? "" : given, written));
  }

  /** Without a name of its own a node is called as its address is, unless that is a number. */
  private static String name(@Nullable String given, String written, int id) {
    if (given != null) {
      return given;
    }
    boolean numeric = IpAddress.parse(written) != null;
    String name = numeric ? null : SettingsList.NODES_NAME.type().accept(written);
    return name == null ? "node" + id : name;
  }

  private SortedMap<Integer, String> addresses(CorosyncSection node) {
    SortedMap<Integer, String> addresses = new TreeMap<>();
    node.entries()
        .forEach((key, entry) -> {
          if (ADDRESS.matcher(key).matches()) {
            int link = Integer.parseInt(key.substring(4, key.indexOf('_')));
            addresses.put(link, address(node, key, entry.value()));
          }
        });
    return addresses;
  }

  private String address(CorosyncSection node, String key, String written) {
    String found = resolved(written);
    if (found == null) {
      String sentence = node.path() + "." + key + " is \"" + written + "\", which is no address";
      String kind = ipVersion.equals("ipv4") || ipVersion.equals("ipv6") ? ipVersion + " " : "";
      throw node.refuse(key, sentence + " and does not resolve to an " + kind + "address here");
    }
    IpAddress address = IpAddress.parse(found);
    if (address == null || !address.isOneMachine()) {
      String sentence = node.path() + "." + key + " is \"" + written + "\"; allowed: ";
      throw node.refuse(key, sentence + "address of one machine, or a name of one");
    }
    return address.toString();
  }

  /** The first of the preferred family, else the first of the other one where both are allowed. */
  private @Nullable String resolved(String written) {
    boolean literal = IpAddress.parse(written) != null;
    List<String> all = literal ? List.of(written) : machine.addresses(written);
    boolean v4First = ipVersion.startsWith("ipv4");
    @Nullable String first = ofFamily(all, v4First);
    boolean both = ipVersion.contains("-");
    return first != null || !both ? first : ofFamily(all, !v4First);
  }

  private static @Nullable String ofFamily(List<String> addresses, boolean v4) {
    for (String each : addresses) {
      IpAddress address = IpAddress.parse(each);
      if (address != null && address.isV4() == v4) {
        return each;
      }
    }
    return null;
  }

  private int id(CorosyncSection node, SortedMap<Integer, String> addresses) {
    String given = node.given("nodeid");
    if (given == null) {
      return derivedId(node, addresses);
    }
    int id = Integer.parseInt(given);
    if (transport == Transport.KNET && id > KNET_ID_MOST) {
      String sentence = "nodelist.node.nodeid is " + id + "; with transport knet at most ";
      throw node.refuse("nodeid", sentence + KNET_ID_MOST + " is allowed");
    }
    return id;
  }

  private int derivedId(CorosyncSection node, SortedMap<Integer, String> addresses) {
    IpAddress address = IpAddress.parse(addresses.getOrDefault(0, ""));
    if (transport == Transport.KNET || address == null || !address.isV4()) {
      String sentence = "nodelist.node.nodeid is missing; it follows from the address for";
      throw node.refuse(node.line(), sentence + " transports udp and udpu with IPv4 only");
    }
    int id = clearHighBit ? address.v4Bits() & Integer.MAX_VALUE : address.v4Bits();
    if (id <= 0) {
      String sentence = "nodelist.node.nodeid is missing, and the id that follows from " + address;
      String cure = " is not below 2147483648; give it, or set totem.clear_node_high_bit: yes";
      throw node.refuse(node.line(), sentence + cure + " on all nodes");
    }
    return id;
  }

  /** Complaints about one node. */
  private record NodeComplaints(CorosyncSection node) implements NodeEntries.Complaints {
    @Override
    public OperatorException refuse(Part part, int link, String sentence) {
      String key =
          switch (part) {
            case NODE -> "";
            case NAME -> "name";
            case ID -> "nodeid";
            case ADDRESS -> "ring" + link + "_addr";
          };
      return node.refuse(key, sentence);
    }

    @Override
    public int line() {
      return node.line();
    }
  }
}
