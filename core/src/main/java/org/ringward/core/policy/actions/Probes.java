package org.ringward.core.policy.actions;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.BundleResource;
import org.ringward.core.policy.model.CloneResource;
import org.ringward.core.policy.model.GroupResource;
import org.ringward.core.policy.model.HistoryEntry;
import org.ringward.core.policy.model.PlannedAction;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.model.Tasks;

/**
 * A resource of which a node remembers nothing is looked for there before it is started anywhere,
 * and before what depends on it is touched.
 */
final class Probes {
  private final Planning planning;
  private final Situation situation;
  private final Bundles bundles;

  Probes(Planning planning, Bundles bundles) {
    this.planning = planning;
    this.bundles = bundles;
    this.situation = planning.situation;
  }

  void create() {
    if (!situation.options.enableStartupProbes) {
      return;
    }
    for (PolicyNode node : situation.nodes) {
      if (!node.online && RemoteOrder.isLost(node) && !node.unclean) {
        node.markUnclean("the connection is unrecoverable");
      } else if ((node.online || node.pending) && !node.unclean && node.probed) {
        for (PolicyResource resource : situation.resources) {
          probe(resource, node);
        }
      }
    }
  }

  private boolean probe(PolicyResource resource, PolicyNode node) {
    return switch (resource) {
      case PrimitiveResource primitive -> probe(primitive, node);
      case GroupResource group -> {
        boolean any = false;
        for (PrimitiveResource member : group.members) {
          any |= probe(member, node);
        }
        yield any;
      }
      case CloneResource clone -> probe(clone, node);
      case BundleResource bundle -> bundles.probe(this, bundle, node);
    };
  }

  boolean probe(CloneResource clone, PolicyNode node) {
    if (clone.globallyUnique) {
      boolean any = false;
      for (PolicyResource instance : clone.instances) {
        any |= probe(instance, node);
      }
      return any;
    }
    return probeOne(clone, node);
  }

  /** Anonymous instances look the same: one is enough, the one that is there or will be. */
  private boolean probeOne(CloneResource clone, PolicyNode node) {
    PolicyResource chosen = null;
    for (PolicyResource instance : clone.instances) {
      if (isOn(instance, node, true)) {
        chosen = instance;
        break;
      }
    }
    if (chosen == null) {
      for (PolicyResource instance : clone.instances) {
        if (isOn(instance, node, false)) {
          chosen = instance;
          break;
        }
      }
    }
    if (chosen == null) {
      chosen = first(clone);
    }
    return chosen != null && probe(chosen, node);
  }

  private static @Nullable PolicyResource first(CloneResource clone) {
    PolicyResource first = null;
    for (PolicyResource instance : clone.instances) {
      if (first == null || CollectiveActions.number(instance) < CollectiveActions.number(first)) {
        first = instance;
      }
    }
    return first;
  }

  private static boolean isOn(PolicyResource instance, PolicyNode node, boolean now) {
    for (PrimitiveResource each : instance.primitives()) {
      if (now ? each.runningOn.contains(node) : each.assigned == node) {
        return true;
      }
    }
    return false;
  }

  boolean probe(PrimitiveResource resource, PolicyNode node) {
    if (resource.removed || isKnown(resource, node) || !sensible(resource, node)) {
      return false;
    }
    if (isGoing(resource, node)) {
      return false;
    }
    PlannedAction probe =
        planning.maker.action(
            resource, Tasks.MONITOR, resource.key(Tasks.MONITOR, 0), 0, node, false);
    probe.require();
    boolean running = resource.runningOn.contains(node);
    int expected = running ? HistoryEntry.OK : HistoryEntry.NOT_RUNNING;
    probe.meta.put("op_target_rc", Integer.toString(expected));
    before(probe, resource);
    planning.unfencing.before(resource, node, probe, true);
    return true;
  }

  /**
   * In a guest that is down nothing runs, and nothing will when it stops; it may be coming back.
   */
  private boolean isGoing(PrimitiveResource resource, PolicyNode node) {
    PrimitiveResource container = node.container();
    if (container == null) {
      return false;
    }
    if (container.role == Role.STOPPED) {
      return true;
    }
    PolicyNode next =
        container.partialMigrationTarget != null
            ? container.partialMigrationTarget
            : container.assigned;
    boolean moves = next != null && !container.runningOn.contains(next);
    if (!container.failed && container.nextRole != Role.STOPPED && !moves) {
      return false;
    }
    planning.orderings.order(
        container, Tasks.STOP, waitingFor(resource), Tasks.START, Flags.ORDERED);
    return true;
  }

  private static PolicyResource waitingFor(PrimitiveResource resource) {
    CloneResource clone = resource.cloneAround();
    return clone != null ? clone : resource;
  }

  /** Any instance of an anonymous clone speaks for all of them. */
  static boolean isKnown(PrimitiveResource resource, PolicyNode node) {
    if (resource.knownOn.containsKey(node)) {
      return true;
    }
    CloneResource clone = resource.cloneAround();
    if (clone == null || clone.globallyUnique) {
      return false;
    }
    for (PrimitiveResource twin : clone.primitives()) {
      if (twin.configuredId.equals(resource.configuredId) && twin.knownOn.containsKey(node)) {
        return true;
      }
    }
    return false;
  }

  private boolean sensible(PrimitiveResource resource, PolicyNode node) {
    if (node.isRemoteOrGuest() && (resource.isFencingDevice() || resource.isConnection())) {
      return false;
    }
    if (node.isGuest() && !mayBeIn(resource, node)) {
      return false;
    }
    PrimitiveResource container = resource.container;
    if (container != null && !resource.isConnection() && !container.runningOn.contains(node)) {
      return false;
    }
    PolicyResource top = placed(resource);
    PolicyResource.Discovery discovery = resource.discovery.get(node);
    if (discovery == null) {
      discovery = top.discovery.get(node);
    }
    if (discovery == PolicyResource.Discovery.NEVER) {
      return false;
    }
    boolean exclusive = resource.exclusiveDiscovery || top.exclusiveDiscovery;
    return !exclusive || discovery == PolicyResource.Discovery.EXCLUSIVE;
  }

  /** Whose locations count: those of a bundle are for its containers and addresses. */
  private static PolicyResource placed(PrimitiveResource resource) {
    PolicyResource top = resource.top();
    if (!(top instanceof BundleResource)) {
      return top;
    }
    CloneResource clone = resource.cloneAround();
    return resource.isConnection() ? resource : clone != null ? clone : top;
  }

  /** No guest runs another guest, and a bundle's container nothing but what is bundled. */
  private static boolean mayBeIn(PrimitiveResource resource, PolicyNode node) {
    if (resource.fillers.stream().anyMatch(PrimitiveResource::isConnection)) {
      return false;
    }
    PrimitiveResource container = node.container();
    BundleResource around = container == null ? null : container.bundleAround();
    if (around == null) {
      return true;
    }
    return around.child != null && resource.isInside(around.child);
  }

  /** The start, of the whole clone for an instance, waits for the probe. */
  private void before(PlannedAction probe, PrimitiveResource resource) {
    PolicyResource waiting = waitingFor(resource);
    planning.orderings.order(probe, waiting, Tasks.START, Flags.UNRUNNABLE_FIRST_BLOCKS_NEW);
    planning.orderings.order(probe, resource, Tasks.RELOAD, Flags.ORDERED);
    if (resource.parent instanceof BundleResource bundle
        && bundle.child != null
        && !resource.isConnection()
        && !resource.fillers.isEmpty()) {
      planning.orderings.order(probe, bundle.child, Tasks.START, Flags.ORDERED | Flags.INTERNAL);
    }
  }

  /** What comes after a stop waits until it is known whether there is something to stop. */
  void order() {
    for (Orderings.AfterStop each : planning.orderings.afterStops) {
      if (each.first() != each.then().resource) {
        for (PlannedAction probe : probes(each.first())) {
          each.then().after(probe, Flags.ORDERED);
        }
      }
    }
    for (PlannedAction action : List.copyOf(situation.actions)) {
      if (action.is(Tasks.START) && action.resource != null) {
        beforeRestarts(action);
      }
    }
  }

  /** What is restarted after a start is stopped only when it is known that the start is needed. */
  private static void beforeRestarts(PlannedAction start) {
    PolicyResource resource = start.resource;
    boolean whole = resource instanceof CloneResource;
    if (resource == null || (!whole && !(resource instanceof PrimitiveResource))) {
      return;
    }
    List<PlannedAction> probes = new ArrayList<>();
    resource.primitives().forEach(each -> probes.addAll(probes(each)));
    if (!probes.isEmpty()) {
      PlannedAction from = whole ? Planning.first(resource, Tasks.RUNNING, null) : start;
      if (from != null) {
        beforeRestarts(resource, from, probes, new LinkedHashSet<>());
      }
    }
  }

  private static void stopAfter(
      PrimitiveResource dependent, List<PlannedAction> probes, boolean onNode) {
    for (PlannedAction stop : Planning.actionsOf(dependent, Tasks.STOP)) {
      if (!stop.pseudo) {
        for (PlannedAction probe : probes) {
          if (!onNode || probe.node == dependent.assigned) {
            stop.after(probe, Flags.ORDERED);
          }
        }
      }
    }
  }

  static List<PlannedAction> probes(PrimitiveResource resource) {
    List<PlannedAction> probes = new ArrayList<>();
    for (PlannedAction action : resource.actions) {
      if (action.isProbe()) {
        probes.add(action);
      }
    }
    return probes;
  }

  private static void beforeRestarts(
      PolicyResource origin,
      PlannedAction start,
      List<PlannedAction> probes,
      Set<PlannedAction> seen) {
    for (PlannedAction.Edge edge : start.after) {
      PlannedAction then = edge.then;
      if (!Flags.has(edge.flags, Flags.FIRST_IMPLIES_THEN) || !seen.add(then)) {
        continue;
      }
      if (then.is(Tasks.START) && then.resource != null && !then.resource.isInside(origin)) {
        boolean onNode = origin instanceof CloneResource clone && !clone.globallyUnique;
        for (PrimitiveResource dependent : then.resource.primitives()) {
          stopAfter(dependent, probes, onNode);
        }
      }
      beforeRestarts(origin, then, probes, seen);
    }
  }
}
