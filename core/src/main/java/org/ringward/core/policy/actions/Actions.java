package org.ringward.core.policy.actions;

import org.ringward.core.graph.TransitionGraph;
import org.ringward.core.policy.facts.Facts;
import org.ringward.core.policy.model.BundleResource;
import org.ringward.core.policy.model.CloneResource;
import org.ringward.core.policy.model.CollectiveResource;
import org.ringward.core.policy.model.GroupResource;
import org.ringward.core.policy.model.PlannedAction;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Tasks;

/** What has to be done so that everything is where it was assigned, and in which order. */
public final class Actions {
  private final Planning planning;
  private final History history;
  private final ConfigurationChanges changes;
  private final Migrations migrations;
  private final PrimitiveActions primitives;
  private final CollectiveActions collectives;
  private final RecurringActions recurring;
  private final Bundles bundles;
  private final Probes probes;

  /** To be made before anything is assigned, because it finds what has to be restarted. */
  public Actions(Facts facts) {
    planning = new Planning(facts);
    history = new History(planning);
    migrations = new Migrations(planning);
    recurring = new RecurringActions(planning, history);
    changes = new ConfigurationChanges(planning, history, recurring);
    primitives = new PrimitiveActions(planning, migrations, recurring);
    collectives = new CollectiveActions(planning);
    bundles = new Bundles(planning);
    probes = new Probes(planning, bundles);
  }

  /** Compares what runs with its configuration; before assignment. */
  public void findChanges() {
    changes.clearFailCounts();
    for (PrimitiveResource resource : planning.situation.primitives()) {
      resource.histories.forEach((node, history) -> {
        recurring.remember(resource, node, history);
        if (resource.mustStopOn.contains(node)) {
          planning.action(resource, Tasks.STOP, node, false);
        }
      });
      for (PolicyNode node : resource.expiredLocks) {
        planning.action(resource, Tasks.LRM_DELETE, node, false);
      }
    }
    changes.find();
  }

  /** After assignment: everything that has to be done. */
  public TransitionGraph plan() {
    Fencing fencing = new Fencing(planning);
    probes.create();
    planning.situation.resources.forEach(this::create);
    new RemoteOrder(planning).order();
    fencing.create();
    fencing.fenceGuests();
    new OrderConstraints(planning).apply();
    planning.situation.resources.forEach(this::order);
    new KeepingApart(planning).order();
    fencing.blockStarts();
    fencing.blockStops();
    planning.orderings.resolve();
    fencing.order();
    fencing.shutDown();
    probes.order();
    OrderingEngine.run(planning);
    migrations.settle();
    bundles.hideHopelessStarts();
    dropReloads();
    Notifications notifications = new Notifications(planning);
    notifications.plan();
    notifications.ofFencing();
    return GraphBuilder.build(planning);
  }

  /** What is restarted anyway need not be reloaded. */
  private void dropReloads() {
    for (PlannedAction action : planning.situation.actions) {
      if (action.is(Tasks.RELOAD) && action.resource != null) {
        PlannedAction start = Planning.first(action.resource, Tasks.START, action.node);
        if (action.resource.assigned != action.node || (start != null && !start.optional)) {
          action.optional = true;
        }
      }
    }
  }

  private void create(PolicyResource resource) {
    for (PolicyResource member : resource.members()) {
      create(member);
    }
    switch (resource) {
      case PrimitiveResource primitive -> create(primitive);
      case BundleResource bundle -> bundles.create(bundle);
      case CollectiveResource collective -> collectives.create(collective);
    }
  }

  private void create(PrimitiveResource primitive) {
    for (PlannedAction start : Planning.actionsOf(primitive, Tasks.START)) {
      if (start.node != primitive.assigned) {
        start.block();
        if (primitive.assigned != null) {
          // It changed its definition, and also its place: nothing can wait for that start.
          primitive.actions.remove(start);
          start.optional = true;
        }
      }
    }
    primitives.create(primitive);
  }

  private void order(PolicyResource resource) {
    resource.members().forEach(this::order);
    switch (resource) {
      case PrimitiveResource primitive -> primitives.order(primitive);
      case GroupResource group -> collectives.order(group);
      case CloneResource clone -> collectives.order(clone);
      case BundleResource bundle -> bundles.order(bundle);
    }
  }
}
