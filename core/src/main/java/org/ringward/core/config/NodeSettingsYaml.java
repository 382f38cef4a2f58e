package org.ringward.core.config;

import static org.ringward.core.config.SettingsList.*;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.ringward.core.config.NodeSettings.Member;
import org.ringward.core.config.NodeSettings.PathSettings;
import org.ringward.core.config.SettingsSource.Section;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads and writes the node file; docs/node-settings.md describes it. */
public final class NodeSettingsYaml {
  /** The largest ring the frames can carry (reference/totem-srp.md, PROCESSOR_COUNT_MAX). */
  private static final int NODES_MOST = 384;

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

  private NodeSettings settings(String text, String hostName) {
    List<String> keys = new ArrayList<>(keysOf(""));
    keys.addAll(SECTIONS);
    Section top = source.top(text, keys);
    String cluster = top.text(CLUSTER);
    List<Member> members = members(top);
    String nodeName = nodeName(top, members, hostName);
    Section totemSection = section(top, "totem");
    LinkSettings links = LinkSettings.DEFAULT.withPort(totemSection.number(PORT));
    TotemSettings totem = totem(totemSection, members.size());
    QuorumSettings quorum = quorum(section(top, "quorum"), members);
    PathSettings paths = paths(section(top, "paths"));
    RealTime realTime = RealTime.valueOf(top.text(REALTIME).toUpperCase(Locale.ROOT));
    return new NodeSettings(cluster, nodeName, members, links, totem, quorum, paths, realTime);
  }

  private static List<String> keysOf(String section) {
    return ALL.stream().filter(each -> each.section().equals(section)).map(Setting::name).toList();
  }

  /** The section, or an empty one that yields every default. */
  private Section section(Section top, String name) {
    Node node = top.node(name);
    return node == null
        ? new Section(source, name, top.line(), Map.of())
        : source.section(name, node, keysOf(name));
  }

  private List<Member> members(Section top) {
    Node node = top.node("nodes");
    if (node == null) {
      throw source.refuse(top.line(), "nodes is missing: the list of all nodes of the cluster");
    }
    int line = SettingsSource.line(node);
    if (!(node instanceof SequenceNode list) || list.getValue().isEmpty()) {
      String form = "; each entry is {name: n1, id: 1, address: 10.0.0.1}";
      throw source.refuse(
          line, "nodes must be a list of nodes, found " + SettingsSource.kind(node) + form);
    }
    if (list.getValue().size() > NODES_MOST) {
      String count = "nodes has " + list.getValue().size() + " entries; at most ";
      throw source.refuse(line, count + NODES_MOST + " are allowed");
    }
    List<Section> entries = new ArrayList<>();
    List<Member> members = new ArrayList<>();
    for (Node each : list.getValue()) {
      Section entry = source.section("nodes", each, keysOf("nodes"));
      Member member = member(entry);
      refuseTwins(entry, member, entries, members);
      entries.add(entry);
      members.add(member);
    }
    members.sort(Comparator.comparingInt(Member::id));
    return members;
  }

  private static Member member(Section entry) {
    return new Member(
        entry.number(NODES_ID),
        entry.text(NODES_NAME),
        entry.text(NODES_ADDRESS),
        entry.number(NODES_VOTES));
  }

  private void refuseTwins(
      Section entry, Member member, List<Section> entries, List<Member> earlier) {
    for (int at = 0; at < earlier.size(); at++) {
      Member other = earlier.get(at);
      String holder = " already belongs to node " + other.name();
      String where = holder + " in line " + entries.get(at).line();
      if (other.name().equalsIgnoreCase(member.name())) {
        throw source.refuse(entry.line(NODES_NAME), "node name \"" + member.name() + "\"" + where);
      }
      if (other.id() == member.id()) {
        throw source.refuse(entry.line(NODES_ID), "node id " + member.id() + where);
      }
      if (other.address().equals(member.address())) {
        throw source.refuse(entry.line(NODES_ADDRESS), "address " + member.address() + where);
      }
      if (other.address().contains(":") != member.address().contains(":")) {
        String sentence = "address " + member.address() + " and address " + other.address();
        String cure = " are of different families; all nodes must use IPv4, or all IPv6";
        throw source.refuse(entry.line(NODES_ADDRESS), sentence + cure);
      }
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

  private static String listed(List<String> names) {
    List<String> first = names.subList(0, Math.min(names.size(), 12));
    return " (nodes: " + String.join(", ", first) + (first.size() < names.size() ? ", ...)" : ")");
  }

  private TotemSettings totem(Section section, int nodes) {
    TotemSettings totem =
        TotemSettings.DEFAULT.toBuilder()
            .token(section.number(TOKEN))
            .tokenRetransmitsBeforeLossConst(section.number(TOKEN_RETRANSMITS))
            .join(section.number(JOIN))
            .consensus(section.number(CONSENSUS))
            .merge(section.number(MERGE))
            .failRecvConst(section.number(FAIL_RECV))
            .seqnoUnchangedConst(section.number(SEQNO_UNCHANGED))
            .windowSize(section.number(WINDOW_SIZE))
            .maxMessages(section.number(MAX_MESSAGES))
            .missCountConst(section.number(MISS_COUNT))
            .netmtu(section.number(NETMTU))
            .build();
    TotemTimes times = TotemTimes.of(totem, nodes);
    if (times.consensus() < totem.join()) {
      Setting given = section.has(CONSENSUS) ? CONSENSUS : JOIN;
      String values = "totem.consensus is " + times.consensus() + " ms, totem.join is ";
      String cure = " ms; consensus must not be shorter than join";
      throw source.refuse(section.line(given), values + totem.join() + cure);
    }
    if (times.tokenRetransmit() < TotemTimes.TOKEN_RETRANSMIT_LEAST
        || times.hold() < TotemTimes.HOLD_LEAST) {
      Setting given = section.has(TOKEN) ? TOKEN : TOKEN_RETRANSMITS;
      String values = "totem.token is " + totem.token() + " ms with ";
      String sends = totem.tokenRetransmitsBeforeLossConst() + " retransmits, one each ";
      String least = " ms; at least " + TotemTimes.TOKEN_RETRANSMIT_LEAST + " ms are needed, and ";
      String hold = TotemTimes.HOLD_LEAST + " ms of hold (0.8 times that less 10): raise token";
      throw source.refuse(
          section.line(given), values + sends + times.tokenRetransmit() + least + hold);
    }
    return totem;
  }

  private QuorumSettings quorum(Section section, List<Member> members) {
    int sum = members.stream().mapToInt(Member::votes).sum();
    int expected = section.number(EXPECTED_VOTES);
    if (expected != 0 && expected < sum) {
      String sentence = "quorum.expected_votes is " + expected + ", the nodes have " + sum;
      String cure = " votes together; fewer would let two halves go on at once";
      throw source.refuse(section.line(EXPECTED_VOTES), sentence + cure);
    }
    if (sum == 0) {
      throw source.refuse(section.line(), "no node has a vote; at least one needs votes: 1");
    }
    boolean twoNode = section.yes(TWO_NODE);
    if (twoNode && (members.size() != 2 || sum != 2 || expected > 2)) {
      String found = members.size() + " nodes and " + Math.max(sum, expected) + " votes";
      String sentence = "quorum.two_node needs exactly 2 nodes with one vote each, found ";
      throw source.refuse(section.line(TWO_NODE), sentence + found);
    }
    boolean waitForAll = section.has(WAIT_FOR_ALL) ? section.yes(WAIT_FOR_ALL) : twoNode;
    return new QuorumSettings(expected, twoNode, waitForAll);
  }

  private static PathSettings paths(Section section) {
    return new PathSettings(
        section.text(KEY_FILE),
        section.text(STATE_DIR),
        section.text(RUN_DIR),
        section.text(SOCKET),
        section.text(OCF_ROOT),
        section.texts(FENCE_AGENT_DIRS));
  }

  /** A node file with these settings; defaults are left out. Reading it gives them back. */
  public static String write(NodeSettings settings) {
    StringBuilder text = new StringBuilder();
    text.append("cluster: ").append(quoted(settings.clusterName())).append('\n');
    text.append("node: ").append(quoted(settings.nodeName())).append('\n');
    line(text, "", REALTIME, settings.realTime().name().toLowerCase(Locale.ROOT));
    text.append("nodes:\n");
    for (Member member : settings.members()) {
      text.append("  - {name: ").append(quoted(member.name()));
      text.append(", id: ").append(member.id());
      text.append(", address: ").append(quoted(member.address()));
      text.append(", votes: ").append(member.votes()).append("}\n");
    }
    writeTotem(text, settings.links(), settings.totem());
    writeQuorum(text, settings.quorum());
    writePaths(text, settings.paths());
    return text.toString();
  }

  private static void writeTotem(StringBuilder text, LinkSettings links, TotemSettings totem) {
    StringBuilder lines = new StringBuilder();
    line(lines, "  ", PORT, links.interfaces().getFirst().port());
    line(lines, "  ", TOKEN, totem.token());
    line(lines, "  ", TOKEN_RETRANSMITS, totem.tokenRetransmitsBeforeLossConst());
    line(lines, "  ", JOIN, totem.join());
    line(lines, "  ", CONSENSUS, totem.consensus());
    line(lines, "  ", MERGE, totem.merge());
    line(lines, "  ", FAIL_RECV, totem.failRecvConst());
    line(lines, "  ", SEQNO_UNCHANGED, totem.seqnoUnchangedConst());
    line(lines, "  ", WINDOW_SIZE, totem.windowSize());
    line(lines, "  ", MAX_MESSAGES, totem.maxMessages());
    line(lines, "  ", MISS_COUNT, totem.missCountConst());
    line(lines, "  ", NETMTU, totem.netmtu());
    section(text, "totem", lines);
  }

  private static void writeQuorum(StringBuilder text, QuorumSettings quorum) {
    StringBuilder lines = new StringBuilder();
    line(lines, "  ", EXPECTED_VOTES, quorum.expectedVotes());
    line(lines, "  ", TWO_NODE, quorum.twoNode() ? "yes" : "no");
    // Always said with two_node, which changes its default.
    if (quorum.twoNode() || quorum.waitForAll()) {
      lines.append("  wait_for_all: ").append(quorum.waitForAll() ? "yes" : "no").append('\n');
    }
    section(text, "quorum", lines);
  }

  private static void writePaths(StringBuilder text, PathSettings paths) {
    StringBuilder lines = new StringBuilder();
    line(lines, "  ", KEY_FILE, paths.keyFile());
    line(lines, "  ", STATE_DIR, paths.stateDir());
    line(lines, "  ", RUN_DIR, paths.runDir());
    line(lines, "  ", SOCKET, paths.socket());
    line(lines, "  ", OCF_ROOT, paths.ocfRoot());
    if (!String.join(", ", paths.fenceAgentDirs()).equals(FENCE_AGENT_DIRS.otherwise())) {
      List<String> dirs = paths.fenceAgentDirs().stream().map(NodeSettingsYaml::quoted).toList();
      lines.append("  fence_agent_dirs: [").append(String.join(", ", dirs)).append("]\n");
    }
    section(text, "paths", lines);
  }

  private static void section(StringBuilder text, String name, StringBuilder lines) {
    if (!lines.isEmpty()) {
      text.append(name).append(":\n").append(lines);
    }
  }

  private static void line(StringBuilder text, String indent, Setting setting, int value) {
    line(text, indent, setting, Integer.toString(value));
  }

  private static void line(
      StringBuilder text, String indent, Setting setting, @Nullable String value) {
    if (value != null && !Objects.equals(value, setting.otherwise())) {
      text.append(indent).append(setting.name()).append(": ");
      text.append(setting.type() instanceof Setting.Path ? quoted(value) : value).append('\n');
    }
  }

  /** In double quotes, so that no text is taken for a number or for YAML's own signs. */
  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
