package org.ringward.core.policy.facts;

import java.util.ArrayList;
import java.util.List;
import org.ringward.core.policy.model.BundleResource;
import org.ringward.core.policy.model.GroupResource;
import org.ringward.core.policy.model.OnFail;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.Scores;
import org.ringward.core.policy.model.Situation;

/**
 * What follows from what a history amounts to: for the resource, for its node, for its container.
 */
final class Consequences {
  private final Situation situation;
  private final List<PrimitiveResource> containersToStop = new ArrayList<>();

  Consequences(Situation situation) {
    this.situation = situation;
  }

  /** It is active on a node that is gone. */
  void lost(PrimitiveResource resource, PolicyNode node) {
    String reason = resource.id + " is thought to be active there";
    if (node.isGuest()) {
      resource.failAndStop();
      Trouble.fence(node, reason);
    } else if (situation.options.fencingEnabled) {
      if (node.isRemote() && node.connection != null && !node.connection.failed) {
        // Not if the connection comes up elsewhere.
        node.unseen = true;
        reason =
            resource.id
                + " is active there (fencing will be revoked if remote connection can be"
                + " re-established elsewhere)";
      }
      Trouble.fence(node, reason);
    }
  }

  /** Does what on-fail says. */
  void respond(PrimitiveResource resource, PolicyNode node, OnFail response, boolean active) {
    switch (response) {
      case IGNORE -> {}
      case DEMOTE -> {
        resource.failed = true;
        resource.mustDemoteOn.add(node);
      }
      case RESTART -> {
        if (active) {
          resource.failAndStop();
          resource.mustStopOn.add(node);
        }
      }
      case BAN ->
          HistoryReading.prefer(resource, node, -Scores.INFINITY, "__action_migration_auto__");
      case BLOCK -> {
        resource.managed = false;
        resource.blocked = true;
      }
      case STOP -> {
        resource.nextRole = Role.STOPPED;
        resource.nextRoleReason = "on-fail=stop";
      }
      case STANDBY_NODE -> {
        node.standby = true;
        node.standbyAfterFailure = true;
      }
      case FENCE_NODE -> Trouble.fence(node, resource.id + " failed there");
      case RESTART_CONTAINER -> restartContainer(resource, node, active);
      case RESET_REMOTE -> resetRemote(resource, node, active);
    }
  }

  private void restartContainer(PrimitiveResource resource, PolicyNode node, boolean active) {
    resource.failAndStop();
    PrimitiveResource container = resource.container;
    if (container == null) {
      if (active) {
        resource.mustStopOn.add(node);
      }
    } else if (resource.bundleAround() != null) {
      // The connection may be elsewhere than the container, and that has not been read maybe.
      containersToStop.add(container);
    } else {
      container.mustStopOn.add(node);
    }
  }

  private void resetRemote(PrimitiveResource resource, PolicyNode node, boolean active) {
    resource.failAndStop();
    PolicyNode remote = resource.remoteNode;
    if (situation.options.fencingEnabled && remote != null && remote.isRemote() && !remote.fenced) {
      Trouble.fence(remote, "remote connection is unrecoverable");
    }
    if (active) {
      resource.mustStopOn.add(node);
    }
    if (resource.reconnectIntervalMs > 0) {
      resource.nextRole = Role.STOPPED;
      resource.nextRoleReason = "remote reset";
    }
  }

  /** Notes that a resource is active somewhere, and what follows when it is there too often. */
  void addRunning(PrimitiveResource resource, PolicyNode node, boolean failed) {
    if (resource.runningOn.contains(node)) {
      return;
    }
    resource.runningOn.add(node);
    node.running.add(resource);
    for (PolicyResource outer = resource.parent; outer != null; outer = outer.parent) {
      if (!outer.runningOn.contains(node)) {
        outer.runningOn.add(node);
      }
    }
    if (node.maintenance) {
      resource.managed = false;
      resource.maintenance = true;
    }
    if (!resource.managed) {
      HistoryReading.prefer(resource, node, Scores.INFINITY, "not_managed_default");
    } else if (resource.runningOn.size() > 1) {
      multipleActive(resource);
    }
  }

  private static void multipleActive(PrimitiveResource resource) {
    switch (resource.multipleActive) {
      case BLOCK -> {
        block(resource);
        PolicyResource parent = resource.parent;
        if ((parent instanceof GroupResource || parent instanceof BundleResource)
            && "block".equals(parent.meta("multiple-active"))) {
          for (PrimitiveResource each : parent.primitives()) {
            block(each);
          }
        }
      }
      case STOP_ONLY -> {
        for (PolicyNode node : resource.runningOn) {
          HistoryReading.prefer(resource, node, -Scores.INFINITY, "__multiple_active__");
        }
      }
      case STOP_START, STOP_UNEXPECTED -> {}
    }
  }

  private static void block(PrimitiveResource resource) {
    resource.managed = false;
    resource.blocked = true;
  }

  /** Containers are stopped for what failed inside, wherever they turned out to be. */
  void stopContainers() {
    for (PrimitiveResource container : containersToStop) {
      PolicyNode node = container.currentNode();
      if (node != null) {
        container.mustStopOn.add(node);
      }
    }
  }
}
