package org.ringward.core.policy.facts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Element;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.ResourceHistory;
import org.ringward.core.policy.model.HistoryEntry;
import org.ringward.core.policy.model.NodeHistory;
import org.ringward.core.policy.model.OnFail;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.model.Ticket;
import org.ringward.core.policy.model.Values;

/**
 * Reads the status: how nodes are, what tickets are granted, where resources are active and what
 * failed. The history of a remote or guest node is read once its connection is known to be up.
 */
final class StatusFacts {
  private final Facts facts;
  private final Situation situation;
  private final NodeStates nodes;
  private final InstanceFinder finder;
  private final FailureExpiry expiry;
  private final Migrations migrations;
  private final Consequences consequences;
  private final Set<PolicyNode> done = new LinkedHashSet<>();

  /** All histories by node and resource, in order, for questions across nodes. */
  private final Map<PolicyNode, Map<String, List<HistoryEntry>>> entries = new LinkedHashMap<>();

  private StatusFacts(Facts facts, ResourceFacts resources) {
    this.facts = facts;
    this.situation = facts.situation();
    this.nodes = new NodeStates(facts);
    this.finder = new InstanceFinder(situation, new RemovedResources(situation, resources));
    this.expiry = new FailureExpiry(facts);
    this.migrations = new Migrations(this);
    this.consequences = new Consequences(situation);
  }

  static void read(Facts facts, ResourceFacts resources) {
    StatusFacts reading = new StatusFacts(facts, resources);
    reading.tickets();
    List<NodeState> states = facts.situation().cib.status().nodes();
    for (NodeState state : states) {
      reading.nodes.read(state);
    }
    for (PolicyNode node : facts.situation().nodes) {
      if (node.unseen && !node.isRemoteOrGuest()) {
        reading.nodes.demanded(node);
        if (node.unclean) {
          node.markUnclean("node has not been seen by the cluster");
        }
      }
    }
    while (reading.histories(states, false)) {
      // What was learned about connections may make more nodes readable.
    }
    if (facts.situation().options.fencingEnabled) {
      // What runs on nodes that are gone matters only if they can be made safe.
      reading.histories(states, true);
    }
    reading.conclude();
  }

  Situation situation() {
    return situation;
  }

  OperationFacts operations() {
    return facts.operations();
  }

  FailureExpiry expiry() {
    return expiry;
  }

  Migrations migrations() {
    return migrations;
  }

  Consequences consequences() {
    return consequences;
  }

  /** Whether a node could be fenced: that takes fencing, a device, and quorum or no need of it. */
  boolean canFence(PolicyNode node) {
    if (node.isGuest()) {
      PrimitiveResource container = node.container();
      return container == null || container.runningOn.stream().allMatch(this::canFence);
    }
    return situation.options.fencingEnabled
        && situation.hasFencingDevice
        && (situation.options.quorate() || node.online);
  }

  private void tickets() {
    for (Element section : situation.cib.status().others()) {
      if (section.name().equals("tickets")) {
        for (Element state : section.children()) {
          if (state.name().equals("ticket_state")) {
            String id = Xml.id(state);
            situation.tickets.put(
                id,
                new Ticket(
                    id,
                    Values.truth(state.attributes().get("granted"), false),
                    Values.truth(state.attributes().get("standby"), false),
                    Values.number(state.attributes().get("last-granted"), -1)));
          }
        }
      }
    }
  }

  /** Reads the history of every node that can be read by now; whether there was one. */
  private boolean histories(List<NodeState> states, boolean all) {
    boolean progress = false;
    for (NodeState state : states) {
      PolicyNode node = nodes.nodeOf(state);
      if (node == null || done.contains(node) || !(all || readable(node))) {
        continue;
      }
      done.add(node);
      progress = true;
      if (node.isRemoteOrGuest()) {
        NodeStates.remoteOnline(node);
        nodes.readRemote(node, state);
      }
      List<PrimitiveResource> leftInContainers = new ArrayList<>();
      for (ResourceHistory history : state.histories()) {
        PrimitiveResource resource = read(node, history);
        if (resource != null && resource.removedFiller && resource.container == null) {
          leftInContainers.add(resource);
        }
      }
      leftInContainers.forEach(each -> link(each, state));
    }
    return progress;
  }

  /**
   * What is left over of a guest belongs to the container that the history names, if it is there.
   */
  private void link(PrimitiveResource filler, NodeState state) {
    ResourceHistory history = state.history(filler.id);
    String name = history == null ? null : history.attributes().get("container");
    if (name != null && situation.resource(name) instanceof PrimitiveResource container) {
      filler.container = container;
      container.fillers.add(filler);
    }
  }

  private boolean readable(PolicyNode node) {
    PrimitiveResource connection = node.connection;
    return switch (node.kind) {
      case GUEST -> {
        PrimitiveResource container = node.container();
        yield connection != null
            && connection.role == Role.STARTED
            && container != null
            && container.role == Role.STARTED;
      }
      case REMOTE ->
          connection != null && (situation.options.shutdownLock || connection.role == Role.STARTED);
      // Without fencing nothing is sure about nodes that are gone, so the others come first.
      case MEMBER ->
          node.online || situation.options.fencingEnabled || situation.options.shutdownLock;
    };
  }

  private @Nullable PrimitiveResource read(PolicyNode node, ResourceHistory history) {
    if (history.operations().isEmpty() && !locked(history)) {
      return null;
    }
    PrimitiveResource resource = finder.find(node, history);
    if (resource == null) {
      return null;
    }
    if (locked(history)) {
      lock(resource, node, history);
    }
    if (history.operations().isEmpty()) {
      return resource;
    }
    List<HistoryEntry> entries = HistoryEntry.sorted(history);
    resource.histories.put(node, new NodeHistory(history, entries));
    Role before = resource.role;
    HistoryReading reading = new HistoryReading(this, resource, node);
    entries.forEach(reading::read);
    conclude(resource, node, reading);
    Role demanded = MetaFacts.demanded(resource);
    if (demanded != Role.UNKNOWN
        && (resource.nextRole == Role.UNKNOWN || resource.nextRole.above(demanded))) {
      resource.nextRole = demanded;
      resource.nextRoleReason = "target-role";
    }
    resource.role = before.above(reading.role) ? before : reading.role;
    return resource;
  }

  private boolean locked(ResourceHistory history) {
    return situation.options.shutdownLock && history.attributes().has("shutdown-lock");
  }

  /** What a node held when it was shut down waits for it, up to a limit. */
  private void lock(PrimitiveResource resource, PolicyNode node, ResourceHistory history) {
    long since = Values.number(history.attributes().get("shutdown-lock"), 0);
    long limit = situation.options.shutdownLockLimitMs / 1000;
    if (since <= 0) {
      return;
    }
    if (limit > 0 && situation.now > since + limit) {
      resource.expiredLocks.add(node);
    } else {
      resource.lockNode = node;
      resource.lockSince = since;
    }
  }

  /** What a node remembers of a resource, in the order in which it happened; maybe nothing. */
  List<HistoryEntry> entries(PrimitiveResource resource, PolicyNode node) {
    Map<String, List<HistoryEntry>> known = entries.computeIfAbsent(node, this::allOf);
    return known.getOrDefault(resource.id, List.of());
  }

  private Map<String, List<HistoryEntry>> allOf(PolicyNode node) {
    Map<String, List<HistoryEntry>> all = new LinkedHashMap<>();
    for (NodeState state : situation.cib.status().nodes()) {
      if (nodes.nodeOf(state) == node) {
        for (ResourceHistory history : state.histories()) {
          if (!all.containsKey(history.id())) {
            all.put(history.id(), HistoryEntry.sorted(history));
          }
        }
      }
    }
    return all;
  }

  /** Enters what the history of one node amounts to. */
  private void conclude(PrimitiveResource resource, PolicyNode node, HistoryReading reading) {
    Role here = reading.role;
    resource.role = here;
    if (here != Role.UNKNOWN) {
      resource.knownOn.put(node, here);
    }
    boolean active = here.above(Role.STOPPED);
    if (active && !node.online && !node.maintenance && resource.managed) {
      consequences.lost(resource, node);
    }
    // What failed on a node that is to be fenced is settled by the fencing.
    OnFail response = node.unclean ? OnFail.IGNORE : reading.onFail;
    consequences.respond(resource, node, response, active);
    PolicyNode remote = resource.remoteNode;
    if (resource.failed && remote != null && remote.unclean) {
      // Connecting again would not do, whether it is tried or not.
      remote.unseen = false;
    }
    if (active) {
      consequences.addRunning(resource, node, reading.onFail != OnFail.IGNORE);
      switch (response) {
        case IGNORE -> {}
        case DEMOTE, BLOCK -> resource.failed = true;
        default -> resource.failAndStop();
      }
    } else {
      resource.historyId = withoutOldNumber(resource);
    }
    if (here == Role.STOPPED
        && resource.partialMigrationSource == node
        && resource.partialMigrationTarget != null
        && !resource.runningOn.isEmpty()) {
      // The stop on the source does not say anything about the target.
      reading.role = Role.STARTED;
      resource.role = Role.STARTED;
    }
  }

  /** Instances that are stopped have no number of their own, whatever an old status says. */
  private static @Nullable String withoutOldNumber(PrimitiveResource resource) {
    String name = resource.historyId;
    return name != null && name.indexOf(':') >= 0 ? null : name;
  }

  /** What can be said when all histories have been read. */
  private void conclude() {
    consequences.stopContainers();
    for (PolicyNode node : situation.nodes) {
      if (!node.isRemoteOrGuest()) {
        continue;
      }
      PrimitiveResource connection = node.connection;
      if (node.shutdown && connection != null) {
        connection.nextRole = Role.STOPPED;
        connection.nextRoleReason = "remote shutdown";
      }
      if (!done.contains(node)) {
        NodeStates.remoteOnline(node);
      }
    }
    forgetRemoved();
    count();
  }

  /** Failures of what is not configured any more are not worth remembering. */
  private void forgetRemoved() {
    for (PolicyResource resource : situation.resources) {
      if (resource.removed && resource instanceof PrimitiveResource primitive) {
        for (PolicyNode node : situation.nodes) {
          if (node.online && facts.failCounts().effective(primitive, node).count() > 0) {
            expiry.clear(primitive, node, "it is orphaned");
          }
        }
      }
    }
  }

  private void count() {
    for (PrimitiveResource resource : situation.primitives()) {
      if (resource.removed && !resource.role.above(Role.STOPPED)) {
        continue;
      }
      situation.instanceCount++;
      if (disabled(resource)) {
        situation.disabledCount++;
      }
      if (resource.blocked) {
        situation.blockedCount++;
      }
    }
  }

  private static boolean disabled(PrimitiveResource resource) {
    Role target = resource.targetRole;
    return target == Role.STOPPED || (target == Role.UNPROMOTED && resource.promotable());
  }
}
