package org.ringward.core.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.ResourceHistory;

/**
 * Chapter 3: where resources are active and what failed, from the operation history of each node.
 */
final class HistoryFacts {
  private final Situation situation;

  private HistoryFacts(Situation situation) {
    this.situation = situation;
  }

  static void unpack(Situation situation) {
    HistoryFacts facts = new HistoryFacts(situation);
    for (NodeState state : situation.cib.status().nodes()) {
      ClusterNode node = situation.nodeById(state.id());
      if (node == null) {
        node = situation.nodeByName(state.uname());
      }
      // Without fencing nothing can be learned of a node that is gone, so it counts as empty.
      if (node != null && (node.online || situation.options.fencingEnabled())) {
        for (ResourceHistory history : state.histories()) {
          facts.read(node, history);
        }
      }
    }
    for (PrimitiveResource resource : situation.primitives) {
      if (resource.isFencingDevice() && resource.runningOn.size() > 1) {
        // The instance on a node that is to be fenced is gone soon, and does no harm.
        resource.runningOn.removeIf(node -> node.unclean);
      }
      facts.multipleActive(resource);
    }
  }

  private void read(ClusterNode node, ResourceHistory history) {
    String id = history.id();
    PolicyResource found = situation.resourcesById.get(id);
    if (found instanceof GroupResource || situation.leftAsideOwns(id)) {
      return;
    }
    if (history.operations().isEmpty()) {
      return;
    }
    PrimitiveResource resource =
        found instanceof PrimitiveResource primitive ? primitive : removed(history);
    if (resource == null) {
      return;
    }
    List<HistoryEntry> entries = HistoryEntry.sorted(history);
    resource.histories[node.index] = new NodeHistory(node, history, entries);
    HistoryReading reading = new HistoryReading(situation, resource, node);
    entries.forEach(reading::read);
    conclude(resource, node, reading);
  }

  /** A resource that is remembered but not configured any more. */
  private @Nullable PrimitiveResource removed(ResourceHistory history) {
    String agentClass = history.attributes().get("class", "");
    String type = history.attributes().get("type", "");
    if (agentClass.isEmpty() || type.isEmpty()) {
      situation.warnings.add("resource " + history.id() + " in the status has no agent, ignored");
      return null;
    }
    PrimitiveResource resource =
        new PrimitiveResource(
            situation,
            history.id(),
            null,
            null,
            agentClass,
            history.attributes().get("provider", ""),
            type);
    resource.removed = true;
    resource.requires =
        resource.isFencingDevice() || !situation.options.fencingEnabled()
            ? PrimitiveResource.Requires.QUORUM
            : PrimitiveResource.Requires.FENCING;
    if (situation.options.maintenanceMode()) {
      resource.maintenance = true;
      resource.managed = false;
    }
    if (situation.options.stopRemovedResources()) {
      resource.nextRole = Role.STOPPED;
      resource.stoppedBecause = "removed from the configuration";
      resource.banEverywhere("removed from the configuration");
    } else {
      resource.managed = false;
    }
    situation.resourcesById.put(resource.id, resource);
    situation.resources.add(resource);
    situation.primitives.add(resource);
    return resource;
  }

  /** Enters what the history of one node amounts to. */
  private void conclude(PrimitiveResource resource, ClusterNode node, HistoryReading reading) {
    Role here = reading.role;
    if (here != Role.UNKNOWN) {
      resource.known[node.index] = true;
    }
    boolean activeHere = here == Role.STARTED;
    if (activeHere && !node.online && resource.managed && !node.maintenance) {
      if (situation.options.fencingEnabled()) {
        node.markUnclean(resource.id + " is thought to be active there");
      }
    }
    // What failed on a node that is to be fenced is settled by the fencing.
    FailureResponse response = node.unclean ? FailureResponse.IGNORE : reading.response;
    respond(resource, node, response, activeHere);
    if (activeHere) {
      addRunning(resource, node, response != FailureResponse.IGNORE);
      resource.role = Role.STARTED;
    } else if (here == Role.STOPPED && resource.role == Role.UNKNOWN) {
      resource.role = Role.STOPPED;
    }
  }

  private void respond(
      PrimitiveResource resource, ClusterNode node, FailureResponse response, boolean active) {
    switch (response) {
      case IGNORE -> {}
      case RESTART -> resource.failed |= active;
      case BAN -> resource.applyLocation(node, -Scores.INFINITY, "failed on " + node.name);
      case BLOCK -> {
        resource.managed = false;
        resource.blocked = true;
      }
      case STOP -> {
        resource.nextRole = Role.STOPPED;
        resource.stoppedBecause = "a failure with on-fail=stop";
        resource.failed |= active;
      }
      case STANDBY -> {
        node.standbyAfterFailure = true;
        resource.failed |= active;
      }
      case FENCE -> {
        node.markUnclean(resource.id + " failed there");
        resource.failed |= active;
      }
    }
  }

  private static void addRunning(PrimitiveResource resource, ClusterNode node, boolean failed) {
    resource.runningOn.add(node);
    if (node.maintenance) {
      resource.managed = false;
      resource.maintenance = true;
    }
    if (!resource.managed && !failed) {
      resource.applyLocation(node, Scores.INFINITY, "not managed, stays where it is");
    }
  }

  private void multipleActive(PrimitiveResource resource) {
    if (resource.runningOn.size() < 2 || !resource.managed) {
      return;
    }
    switch (resource.multipleActive) {
      case BLOCK -> {
        block(resource);
        if (resource.parent != null) {
          resource.parent.members.forEach(HistoryFacts::block);
        }
      }
      case STOP_ONLY -> {
        resource.nextRole = Role.STOPPED;
        resource.stoppedBecause = "it is active more than once (multiple-active=stop_only)";
      }
      case STOP_START, STOP_UNEXPECTED -> {}
    }
    if (situation.options.maintenanceMode()) {
      resource.managed = false;
    }
  }

  private static void block(PrimitiveResource resource) {
    resource.managed = false;
    resource.blocked = true;
  }
}
