package org.ringward.core.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.NodeSettings.Member;

/** The node list of a file, whatever the file's form, and what must hold between its nodes. */
final class NodeEntries {
  /** The largest ring the frames can carry (reference/totem-srp.md, PROCESSOR_COUNT_MAX). */
  static final int NODES_MOST = 384;

  private final List<Entry> entries = new ArrayList<>();

  /** What of a node is complained about. */
  enum Part {
    NODE,
    NAME,
    ID,
    ADDRESS
  }

  /** Makes a complaint that names file and line. */
  interface Complaints {
    /** A complaint about a part of the node; link counts for its addresses only. */
    OperatorException refuse(Part part, int link, String sentence);

    /** The line where the node begins. */
    int line();
  }

  /** A node as the file has it; addresses are literal ones by the number of their link. */
  record Entry(
      int id, String name, SortedMap<Integer, String> addresses, int votes, Complaints complaints) {
    Member member() {
      return new Member(id, name, List.copyOf(addresses.values()), votes);
    }
  }

  /** Adds the next node of the list. */
  void add(Entry entry) {
    for (Entry other : entries) {
      refuseTwin(entry, other);
      refuseOtherLinks(entry, other);
    }
    if (entries.size() == NODES_MOST) {
      String sentence = "the node list has more than " + NODES_MOST + " entries";
      throw entry.complaints().refuse(Part.NODE, 0, sentence + "; a ring cannot have more");
    }
    entries.add(entry);
  }

  private static void refuseTwin(Entry entry, Entry other) {
    Complaints complaints = entry.complaints();
    String holder = " already belongs to node " + other.name();
    String where = holder + " in line " + other.complaints().line();
    if (other.name().equalsIgnoreCase(entry.name())) {
      throw complaints.refuse(Part.NAME, 0, "node name \"" + entry.name() + "\"" + where);
    }
    if (other.id() == entry.id()) {
      String id = Integer.toUnsignedString(entry.id());
      throw complaints.refuse(Part.ID, 0, "node id " + id + where);
    }
    entry
        .addresses()
        .forEach((link, address) -> {
          String twin = other.addresses().get(link);
          if (address.equals(twin)) {
            throw complaints.refuse(Part.ADDRESS, link, "address " + address + where);
          }
          if (twin != null && twin.contains(":") != address.contains(":")) {
            String sentence = "address " + address + " and address " + twin + " of link " + link;
            String cure = " are of different families; all nodes must use IPv4, or all IPv6";
            throw complaints.refuse(Part.ADDRESS, link, sentence + cure);
          }
        });
  }

  private static void refuseOtherLinks(Entry entry, Entry other) {
    SortedSet<Integer> links = new TreeSet<>(entry.addresses().keySet());
    SortedSet<Integer> others = new TreeSet<>(other.addresses().keySet());
    if (!links.equals(others)) {
      String sentence = "node " + entry.name() + " has addresses on links " + links;
      String cure = ", node " + other.name() + " on links " + others + "; all need the same links";
      int extra = links.stream().filter(link -> !others.contains(link)).findFirst().orElse(0);
      throw entry.complaints().refuse(Part.ADDRESS, extra, sentence + cure);
    }
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  List<Entry> inOrderOfFile() {
    return List.copyOf(entries);
  }

  /** All nodes, ascending by id as unsigned number. */
  List<Member> members() {
    return entries.stream()
        .map(Entry::member)
        .sorted(Comparator.comparingLong(member -> Integer.toUnsignedLong(member.id())))
        .toList();
  }

  /** The links that all nodes have an address on, and whether these are of IPv4. */
  SortedMap<Integer, Boolean> links() {
    SortedMap<Integer, Boolean> links = new TreeMap<>();
    entries.getFirst().addresses().forEach((link, text) -> links.put(link, !text.contains(":")));
    return links;
  }
}
