package org.ringward.sim.rehearsal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ringward.core.cib.AttributeSet;
import org.ringward.core.cib.Clone;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.NodeEntry;
import org.ringward.core.cib.Nvpair;
import org.ringward.core.cib.Primitive;
import org.ringward.core.cib.Resource;
import org.ringward.core.config.DeviceSettings;
import org.ringward.core.config.LinkSettings;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.QuorumSettings;
import org.ringward.core.config.RegionSettings;
import org.ringward.core.config.RegionSettings.Region;
import org.ringward.core.config.RegionSettings.Unicast;
import org.ringward.core.fence.FencePlan;
import org.ringward.sim.machine.Setup;

/**
 * The cluster as the simulated world can play it: same names, votes, times, links, regions,
 * devices, resources, constraints; machines have the ids 1 to n, every agent is a model that obeys,
 * fencing devices hang on one simulated switch, and what travels is not encrypted. The production
 * code of the nodes is the real one.
 */
final class RehearsalCast {
  private final NodeSettings given;
  private final List<String> names;
  private final Map<Integer, Integer> ids = new LinkedHashMap<>();
  private final Configuration configuration;
  private final List<String> notes = new ArrayList<>();
  private final SortedMap<String, List<String>> devices = new TreeMap<>();

  RehearsalCast(RehearsalInput input) {
    this.given = input.settings();
    this.names = given.members().stream().map(NodeSettings.Member::name).toList();
    given.members().forEach(member -> ids.put(member.id(), ids.size() + 1));
    this.configuration = played(input.configuration());
    int known = input.tookMillis().size();
    notes.add(
        known == 0
            ? "agents take up to 40 ms, as nothing is known of how long they really take"
            : "%d operations take what they took last, others up to 40 ms".formatted(known));
    if (given.quorum().device().model() == DeviceSettings.Model.DISK) {
      notes.add("the programs that a quorum disk asks always say that the node is fit");
    }
  }

  List<String> names() {
    return names;
  }

  /** How the played cluster differs from the real one. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  Configuration configuration() {
    return configuration;
  }

  /** Fencing devices with the nodes that each may fence. */
  SortedMap<String, List<String>> devices() {
    return devices;
  }

  int links() {
    return given.links().interfaces().size();
  }

  List<Region> regions() {
    return given.regions().regions();
  }

  DeviceSettings quorumDevice() {
    return given.quorum().device();
  }

  // ---- the configuration ----

  private Configuration played(Configuration real) {
    Configuration played = real.withNodes(nodes(real));
    Configuration untiered = withoutTopology(played);
    List<String> replaced = new ArrayList<>();
    for (Primitive primitive : real.primitives()) {
      Primitive effective = real.effective(primitive);
      if (effective.isFencingDevice()) {
        played = played.withResource(device(effective, untiered));
      } else if (!effective.agentClass().equals("ocf")) {
        replaced.add(primitive.id());
        played = played.withResource(agent(effective));
      }
    }
    if (!replaced.isEmpty()) {
      notes.add("played by a simple agent: " + String.join(", ", replaced));
    }
    return played;
  }

  private List<NodeEntry> nodes(Configuration real) {
    List<NodeEntry> nodes = new ArrayList<>();
    for (NodeEntry node : real.nodes()) {
      int place = names.indexOf(node.uname());
      if (place >= 0) {
        nodes.add(
            new NodeEntry(
                node.attributes().with("id", Integer.toString(place + 1)),
                node.sets(),
                node.others()));
      } else {
        notes.add("node " + node.uname() + " is not in the ring and was left out");
      }
    }
    return nodes;
  }

  private static Configuration withoutTopology(Configuration from) {
    return new Configuration(
        from.properties(),
        from.nodes(),
        from.resources(),
        from.constraints(),
        List.of(),
        from.resourceDefaults(),
        from.operationDefaults(),
        from.others());
  }

  /** Delays, timeouts and retries stay; how the real device is reached does not matter here. */
  private Primitive device(Primitive real, Configuration untiered) {
    List<String> hosts =
        names.stream()
            .filter(name ->
                FencePlan.of(untiered, name).deviceIds().stream()
                    .anyMatch(level -> level.contains(real.id())))
            .toList();
    devices.put(real.id(), hosts);
    Primitive device =
        new Primitive(
            real.attributes().without("template").with("type", "fence_sim"),
            real.sets().stream().filter(set -> set.element().equals("meta_attributes")).toList(),
            real.operations(),
            List.of());
    for (AttributeSet set : real.sets()) {
      for (Nvpair pair : set.pairs()) {
        boolean kept = pair.name().startsWith("pcmk_") && !pair.name().startsWith("pcmk_host_");
        boolean renamed = pair.name().endsWith("_action");
        if (set.element().equals("instance_attributes") && kept && !renamed) {
          device = device.withParameter(pair.name(), pair.value());
        }
      }
    }
    return device
        .withParameter("pcmk_host_list", String.join(" ", hosts))
        .withParameter("pcmk_host_check", "static-list")
        .withParameter("device", real.id());
  }

  private static Primitive agent(Primitive real) {
    return new Primitive(
        real.attributes()
            .without("template")
            .with("class", "ocf")
            .with("provider", "heartbeat")
            .with("type", "Dummy"),
        real.sets(),
        real.operations(),
        real.others());
  }

  /** The services: primitives that are no fencing devices. */
  List<String> services() {
    return configuration.primitives().stream()
        .filter(each -> !configuration.effective(each).isFencingDevice())
        .map(Primitive::id)
        .toList();
  }

  private List<Setup.Clone> clones() {
    List<Setup.Clone> clones = new ArrayList<>();
    for (Resource resource : configuration.resources()) {
      if (resource instanceof Clone clone) {
        clone.primitives().forEach(each -> clones.add(new Setup.Clone(each.id(), false)));
      }
    }
    return clones;
  }

  // ---- the nodes ----

  /** What the checkers of the simulator have to know. */
  Setup setup(String document) {
    return new Setup(
        names.size(),
        given.totem(),
        given.quorum(),
        List.of(),
        clones(),
        document,
        given.watchdog().isPresent(),
        given.regions().pings(),
        regions());
  }

  /** The settings of one machine. */
  NodeSettings settings(int id) {
    List<NodeSettings.Member> members = new ArrayList<>();
    given
        .members()
        .forEach(each ->
            members.add(
                new NodeSettings.Member(
                    ids.getOrDefault(each.id(), 0), each.name(), each.addresses(), each.votes())));
    return NodeSettings.builder(Setup.CLUSTER, names.get(id - 1), members)
        .links(plainLinks())
        .totem(given.totem())
        .failoverWithinMillis(given.failoverWithinMillis())
        .quorum(quorum())
        .paths(Setup.PATHS)
        .regions(
            new RegionSettings(
                regions().stream().map(this::numbered).toList(), given.regions().pings()))
        .watchdog(given.watchdog())
        .build();
  }

  private LinkSettings plainLinks() {
    LinkSettings links = given.links().clear();
    return links.transport() == LinkSettings.Transport.UDP
        ? links.toBuilder().transport(LinkSettings.Transport.UDPU).build()
        : links;
  }

  private QuorumSettings quorum() {
    QuorumSettings q = given.quorum();
    List<Integer> order =
        q.tieBreaker().nodes().stream().map(id -> ids.getOrDefault(id, id)).toList();
    return q.toBuilder()
        .tieBreaker(new QuorumSettings.TieBreaker(q.tieBreaker().kind(), order))
        .build();
  }

  private Region numbered(Region region) {
    if (!(region.medium() instanceof Unicast unicast)) {
      return region;
    }
    SortedMap<Integer, String> addresses = new TreeMap<>();
    unicast.addresses().forEach((id, address) -> addresses.put(ids.getOrDefault(id, id), address));
    return new Region(region.name(), region.times(), new Unicast(unicast.port(), addresses));
  }
}
