package org.ringward.core.policy.facts;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Element;
import org.ringward.core.policy.model.BundleResource;
import org.ringward.core.policy.model.CloneResource;
import org.ringward.core.policy.model.CollectiveResource;
import org.ringward.core.policy.model.GroupResource;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.model.Values;

/** Builds the tree of resources from the configuration. */
final class ResourceFacts {
  private final Situation situation;
  private final Templates templates;
  private final MetaFacts meta;
  private final IdentityHashMap<Element, Element> expanded = new IdentityHashMap<>();

  /** How many nodes are known so far: those of later bundles are not. */
  private int nodesSoFar;

  /** Nodes that anything may run on, so not those inside of bundles, unless they are configured. */
  private List<PolicyNode> candidates = List.of();

  private ResourceFacts(Facts facts) {
    this.situation = facts.situation();
    this.templates = new Templates(situation, facts.rules());
    this.meta = new MetaFacts(facts);
  }

  static ResourceFacts read(Facts facts) {
    RemoteNodes remotes = RemoteNodes.find(facts);
    ResourceFacts reading = new ResourceFacts(facts);
    reading.knownNodes(remotes);
    reading.fencing();
    reading.all(remotes);
    return reading;
  }

  private void knownNodes(RemoteNodes remotes) {
    Set<String> configured = new LinkedHashSet<>();
    for (Element node : Xml.inSection(situation.configuration, "nodes")) {
      configured.add(node.attributes().get("uname", ""));
    }
    List<PolicyNode> known = new ArrayList<>();
    for (PolicyNode node : situation.nodes) {
      if (configured.contains(node.name) || !remotes.bundleGuests().contains(node.name)) {
        known.add(node);
      }
    }
    candidates = List.copyOf(known);
    nodesSoFar = known.size();
  }

  private void know(BundleDefinition bundle) {
    for (int i = 0; i < bundle.replicas(); i++) {
      PolicyNode node = situation.nodeByName(bundle.replica(i));
      if (node != null && !candidates.contains(node)) {
        nodesSoFar++;
      }
    }
  }

  /** What holds for all resources if there is some device for it anywhere. */
  private void fencing() {
    for (Element each : Xml.inSection(situation.configuration, "resources")) {
      findUnfencing(each);
    }
  }

  private void findUnfencing(Element element) {
    if (element.name().equals("nvpair")
        && element.attributes().get("name", "").equals("provides")
        && element.attributes().get("value", "").equals("unfencing")) {
      situation.hasUnfencing = true;
    }
    element.children().forEach(this::findUnfencing);
  }

  private void all(RemoteNodes remotes) {
    for (Element each : Xml.inSection(situation.configuration, "resources")) {
      PolicyResource resource = build(each, null, "");
      if (resource != null) {
        situation.resources.add(resource);
      }
    }
    for (Element each : remotes.connections()) {
      PolicyResource resource = build(each, null, "");
      if (resource != null) {
        situation.resources.add(resource);
      }
    }
    List<PrimitiveResource> primitives = situation.primitives();
    primitives.forEach(this::linkContainer);
    primitives.forEach(this::linkNode);
    // The most important first; equal ones stay in the order of the configuration.
    situation.resources.sort((a, b) -> Integer.compare(b.priority, a.priority));
  }

  private @Nullable PolicyResource build(
      Element element, @Nullable CollectiveResource parent, String suffix) {
    if (parent == null && situation.resourcesById.containsKey(Xml.id(element))) {
      return null;
    }
    return switch (element.name()) {
      case "primitive" -> primitive(element, parent, suffix);
      case "group" -> group(element, parent, suffix);
      case "clone", "master" -> clone(element, parent);
      case "bundle" -> bundle(element);
      default -> null;
    };
  }

  private void register(PolicyResource resource) {
    resource.candidates = candidates;
    situation.resourcesById.put(resource.id, resource);
    situation.resourcesById.putIfAbsent(resource.configuredId, resource);
  }

  @Nullable PrimitiveResource primitive(
      Element configured, @Nullable CollectiveResource parent, String suffix) {
    Element element = expanded.get(configured);
    if (element == null) {
      templates.use(configured);
      element = templates.expand(configured);
      if (element == null) {
        return null;
      }
      expanded.put(configured, element);
    }
    String id = Xml.id(element);
    PrimitiveResource resource =
        new PrimitiveResource(
            id + suffix,
            id,
            element,
            parent,
            element.attributes().get("class", ""),
            element.attributes().get("provider", ""),
            element.attributes().get("type", ""),
            situation.nodes.size());
    if (!suffix.isEmpty()) {
      resource.instanceNumber = (int) Values.number(suffix.substring(1), 0);
    }
    meta.read(resource);
    for (Element child : element.children()) {
      if (child.name().equals("operations")) {
        resource.operations.addAll(templates.operations(child));
      }
    }
    situation.hasFencingDevice |= resource.isFencingDevice();
    register(resource);
    return resource;
  }

  private @Nullable GroupResource group(
      Element element, @Nullable CollectiveResource parent, String suffix) {
    String id = Xml.id(element);
    GroupResource group =
        new GroupResource(id + suffix, id, element, parent, situation.nodes.size());
    meta.read(group);
    group.ordered = Values.truth(group.meta("ordered"), true);
    group.collocated = Values.truth(group.meta("collocated"), true);
    for (Element child : element.children()) {
      PrimitiveResource member =
          child.name().equals("primitive") ? primitive(child, group, suffix) : null;
      if (member != null) {
        group.members.add(member);
      }
    }
    if (group.members.isEmpty()) {
      return null;
    }
    register(group);
    return group;
  }

  private @Nullable CloneResource clone(Element element, @Nullable CollectiveResource parent) {
    Element child = Xml.child(element, "group");
    if (child == null) {
      child = Xml.child(element, "primitive");
    }
    if (child == null) {
      return null;
    }
    CloneResource clone =
        new CloneResource(Xml.id(element), element, child, parent, situation.nodes.size());
    clone.promotable = element.name().equals("master");
    meta.read(clone);
    settings(clone);
    int instances = Math.max(1, clone.cloneMax);
    for (int i = 0; i < instances; i++) {
      if (addInstance(clone, i, clone.cloneMax <= 0) == null) {
        return null;
      }
    }
    register(clone);
    return clone;
  }

  private void settings(CloneResource clone) {
    clone.promotable |= Values.truth(clone.meta("promotable"), false);
    clone.cloneMax = number(clone, "clone-max", null, Math.max(1, nodesSoFar));
    clone.globallyUnique = Values.truth(clone.meta("globally-unique"), false);
    if (clone.globallyUnique && !canBeUnique(clone.child)) {
      clone.globallyUnique = false;
      clone.cloneMax = Math.min(clone.cloneMax, Math.max(1, nodesSoFar));
    }
    clone.cloneNodeMax = clone.globallyUnique ? number(clone, "clone-node-max", null, 1) : 1;
    clone.cloneMin = number(clone, "clone-min", null, 0);
    clone.ordered = Values.truth(clone.meta("ordered"), false);
    clone.interleave = Values.truth(clone.meta("interleave"), false);
    clone.notify = Values.truth(clone.meta("notify"), false);
    if (clone.promotable) {
      clone.promotedMax = number(clone, "promoted-max", "master-max", 1);
      clone.promotedNodeMax = number(clone, "promoted-node-max", "master-node-max", 1);
    }
  }

  /** Only agents that are told their instance can tell instances apart. */
  private boolean canBeUnique(Element child) {
    if (child.name().equals("group")) {
      for (Element member : child.children()) {
        if (member.name().equals("primitive") && !canBeUnique(member)) {
          return false;
        }
      }
      return true;
    }
    Element primitive = templates.expand(child);
    String agentClass = primitive == null ? "" : primitive.attributes().get("class", "");
    return agentClass.equals("ocf") || agentClass.equals("stonith");
  }

  private static int number(
      CloneResource clone, String name, @Nullable String oldName, int otherwise) {
    String text = clone.meta(name);
    if (text == null && oldName != null) {
      text = clone.meta(oldName);
    }
    int value = Values.score(text, otherwise);
    return value < 0 ? otherwise : value;
  }

  /** One more instance of a clone; a removed one only stands for what was left behind. */
  @Nullable PolicyResource addInstance(CloneResource clone, int number, boolean removed) {
    PolicyResource instance = build(clone.child, clone, ":" + number);
    if (instance != null) {
      clone.instances.add(instance);
      if (removed) {
        instance.removed = true;
        instance.primitives().forEach(each -> each.removed = true);
      }
    }
    return instance;
  }

  private @Nullable BundleResource bundle(Element element) {
    BundleDefinition definition = BundleDefinition.of(element);
    if (definition == null) {
      return null;
    }
    BundleElements elements = new BundleElements(definition);
    BundleResource bundle = new BundleResource(definition.id(), element, situation.nodes.size());
    meta.read(bundle);
    describe(bundle, definition);
    Element child = definition.child();
    if (child != null) {
      know(definition);
      bundle.child = clone(elements.clone(child), bundle);
    }
    for (int i = 0; i < definition.replicas(); i++) {
      BundleResource.@Nullable Replica replica = replica(bundle, definition, elements, i);
      if (replica != null) {
        bundle.replicas.add(replica);
      }
    }
    register(bundle);
    return bundle;
  }

  private static void describe(BundleResource bundle, BundleDefinition definition) {
    bundle.technology = definition.technology();
    bundle.image = definition.container().get("image", "");
    bundle.replicaCount = definition.replicas();
    bundle.replicasPerHost = definition.replicasPerHost();
    bundle.promotedMax = definition.promotedMax();
    bundle.unique = definition.unique();
    bundle.controlPort = definition.network().get("control-port");
    bundle.ipRangeStart = definition.network().get("ip-range-start");
    bundle.hostInterface = definition.network().get("host-interface");
    bundle.hostNetmask = definition.network().get("host-netmask");
    bundle.addHost = Values.truth(definition.network().get("add-host"), true);
  }

  private BundleResource.@Nullable Replica replica(
      BundleResource bundle, BundleDefinition definition, BundleElements elements, int number) {
    String address = definition.address(number);
    PrimitiveResource ip =
        address == null ? null : primitive(elements.address(address), bundle, "");
    PrimitiveResource container = primitive(elements.container(number), bundle, "");
    if (container == null) {
      return null;
    }
    PrimitiveResource connection = null;
    PolicyNode node = null;
    PolicyResource child = null;
    if (bundle.child != null) {
      connection = primitive(elements.connection(number), bundle, "");
      node = situation.nodeByName(definition.replica(number));
      child = bundle.child.instances.get(number);
      takeUtilization(container, child);
    }
    return new BundleResource.Replica(number, container, address, ip, connection, node, child);
  }

  /** What is bundled takes its capacity from the node where the container is. */
  private static void takeUtilization(PrimitiveResource container, PolicyResource child) {
    for (PrimitiveResource primitive : child.primitives()) {
      primitive.utilization.forEach(
          (name, value) -> container.utilization.merge(name, value, Integer::sum));
      primitive.utilization.clear();
    }
  }

  private void linkContainer(PrimitiveResource filler) {
    String name = filler.meta("container");
    if (name != null
        && situation.resource(name) instanceof PrimitiveResource container
        && container != filler) {
      filler.container = container;
      container.fillers.add(filler);
    }
  }

  /** A connection belongs to the node of its name. */
  private void linkNode(PrimitiveResource resource) {
    if (RemoteNodes.isConnection(resource.element)) {
      PolicyNode node = situation.nodeByName(resource.id);
      if (node != null && node.isRemoteOrGuest()) {
        resource.remoteNode = node;
        node.connection = resource;
        if (node.isRemote()) {
          node.unclean = situation.options.startupFencing && situation.options.fencingEnabled;
        }
      }
    }
  }
}
