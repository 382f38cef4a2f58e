package org.ringward.core.policy.actions;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.BundleResource;
import org.ringward.core.policy.model.CloneResource;
import org.ringward.core.policy.model.PlannedAction;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Scores;
import org.ringward.core.policy.model.Tasks;

/** Actions and orderings that only bundles have. */
final class Bundles {
  private final Planning planning;
  private final Orderings orderings;

  Bundles(Planning planning) {
    this.planning = planning;
    this.orderings = planning.orderings;
  }

  /** The pseudo-actions of the whole. */
  void create(BundleResource bundle) {
    for (String task : List.of(Tasks.START, Tasks.RUNNING, Tasks.STOP, Tasks.STOPPED)) {
      pseudo(bundle, task);
    }
    if (bundle.child != null && bundle.child.promotable) {
      for (String task : List.of(Tasks.PROMOTE, Tasks.PROMOTED, Tasks.DEMOTE, Tasks.DEMOTED)) {
        pseudo(bundle, task);
      }
    }
  }

  private void pseudo(BundleResource bundle, String task) {
    PlannedAction action = planning.maker.pseudo(bundle, task, true);
    if (!Planning.memberTask(task).equals(task)) {
      action.priority = Scores.INFINITY;
    }
  }

  void order(BundleResource bundle) {
    CloneResource child = bundle.child;
    if (child != null) {
      whole(bundle, child, Tasks.START, Tasks.RUNNING);
      whole(bundle, child, Tasks.STOP, Tasks.STOPPED);
      if (child.promotable) {
        whole(bundle, child, Tasks.PROMOTE, Tasks.PROMOTED);
        whole(bundle, child, Tasks.DEMOTE, Tasks.DEMOTED);
        roles(bundle);
      }
    }
    for (BundleResource.Replica replica : bundle.replicas) {
      replica(bundle, replica);
    }
  }

  /** Down comes before up, and running before promoted. */
  private void roles(BundleResource bundle) {
    orderings.order(bundle, Tasks.DEMOTE, bundle, Tasks.DEMOTED, Flags.INTERNAL);
    orderings.order(bundle, Tasks.DEMOTED, bundle, Tasks.PROMOTE, Flags.INTERNAL);
    orderings.order(bundle, Tasks.DEMOTED, bundle, Tasks.STOP, Flags.INTERNAL);
    orderings.order(bundle, Tasks.DEMOTED, bundle, Tasks.START, Flags.INTERNAL);
    orderings.order(bundle, Tasks.STOPPED, bundle, Tasks.START, Flags.INTERNAL);
    orderings.order(bundle, Tasks.STOPPED, bundle, Tasks.PROMOTE, Flags.INTERNAL);
    orderings.order(bundle, Tasks.RUNNING, bundle, Tasks.PROMOTE, Flags.INTERNAL);
  }

  /**
   * Where roles change, a start that only stands for restarts which end with the stop is not shown.
   */
  void hideHopelessStarts() {
    for (PolicyResource resource : planning.situation.resources) {
      if (resource instanceof BundleResource bundle && changesRoles(bundle)) {
        for (PlannedAction start : Planning.actionsOf(bundle, Tasks.START)) {
          if (Collectives.direct(start).stream().allMatch(Bundles::isHopeless)) {
            start.optional = true;
          }
        }
      }
    }
  }

  private static boolean changesRoles(BundleResource bundle) {
    for (String task : List.of(Tasks.PROMOTE, Tasks.DEMOTE)) {
      PlannedAction action = Planning.first(bundle, task, null);
      if (action != null && action.scheduled()) {
        return true;
      }
    }
    return false;
  }

  /** Not to be done, or a restart for which something is missing. */
  private static boolean isHopeless(PlannedAction start) {
    return start.optional
        || (!start.runnable && start.resource != null && start.resource.currentNode() != null);
  }

  /** The bundle's task begins before the child's and ends after it. */
  private void whole(BundleResource bundle, CloneResource child, String task, String completed) {
    orderings.order(bundle, task, child, task, Flags.INTERNAL);
    orderings.order(child, completed, bundle, completed, Flags.INTERNAL | Flags.CONFIRMED);
  }

  private void replica(BundleResource bundle, BundleResource.Replica replica) {
    PrimitiveResource container = replica.container();
    orderings.order(bundle, Tasks.START, container, Tasks.START, Flags.INTERNAL);
    orderings.order(container, Tasks.START, bundle, Tasks.RUNNING, Flags.INTERNAL);
    orderings.order(bundle, Tasks.STOP, container, Tasks.STOP, Flags.INTERNAL);
    orderings.order(
        container, Tasks.STOP, bundle, Tasks.STOPPED, Flags.INTERNAL | Flags.AFTER_PROBES);
    if (replica.child() != null) {
      orderings.order(bundle, Tasks.STOP, replica.child(), Tasks.STOP, Flags.INTERNAL);
    }
    PrimitiveResource address = replica.address();
    if (address != null) {
      orderings.order(
          address,
          Tasks.START,
          container,
          Tasks.START,
          Flags.FIRST_IMPLIES_THEN | Flags.UNRUNNABLE_FIRST_BLOCKS);
      orderings.order(container, Tasks.STOP, address, Tasks.STOP, Flags.THEN_IMPLIES_FIRST);
    }
  }

  /** Looks for the parts of a bundle on a node. */
  boolean probe(Probes probes, BundleResource bundle, PolicyNode node) {
    boolean any = false;
    for (BundleResource.Replica replica : bundle.replicas) {
      if (replica.address() != null) {
        any |= probes.probe(replica.address(), node);
      }
      if (replica.child() != null && replica.node() == node) {
        for (PrimitiveResource each : replica.child().primitives()) {
          any |= probes.probe(each, node);
        }
      }
      if (probes.probe(replica.container(), node)) {
        any = true;
        onePerHost(bundle, replica, node);
      }
      PrimitiveResource connection = replica.connection();
      if (connection != null && probes.probe(connection, node)) {
        any = true;
        afterContainer(replica.container(), connection, node);
      }
    }
    return any;
  }

  /** Before one container starts it must be known that no other of them runs there. */
  private void onePerHost(BundleResource bundle, BundleResource.Replica probed, PolicyNode node) {
    if (bundle.replicasPerHost != 1) {
      return;
    }
    PlannedAction probe = probe(probed.container(), node);
    if (probe == null) {
      return;
    }
    for (BundleResource.Replica other : bundle.replicas) {
      if (other.number() != probed.number()) {
        orderings.order(probe, other.container(), Tasks.START, Flags.ORDERED | Flags.SAME_NODE);
      }
    }
  }

  /** Where the container is has to be known before its connection can be asked for. */
  private void afterContainer(
      PrimitiveResource container, PrimitiveResource connection, PolicyNode node) {
    PlannedAction probe = probe(connection, node);
    if (probe != null) {
      orderings.order(container, Tasks.START, probe, Flags.UNRUNNABLE_FIRST_BLOCKS_UNLESS_ACTIVE);
    }
  }

  private static @Nullable PlannedAction probe(PolicyResource resource, PolicyNode node) {
    return resource.find(resource.key(Tasks.MONITOR, 0), node);
  }
}
