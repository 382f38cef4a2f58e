package org.ringward.core.policy.actions;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.CloneResource;
import org.ringward.core.policy.model.CollectiveResource;
import org.ringward.core.policy.model.GroupResource;
import org.ringward.core.policy.model.PlannedAction;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Scores;
import org.ringward.core.policy.model.Tasks;

/**
 * The pseudo-actions of groups and clones, by which others are ordered against them as a whole, and
 * the order among their members.
 */
final class CollectiveActions {
  private static final List<String> PLAIN =
      List.of(Tasks.START, Tasks.RUNNING, Tasks.STOP, Tasks.STOPPED);
  private static final List<String> PROMOTABLE =
      List.of(Tasks.PROMOTE, Tasks.PROMOTED, Tasks.DEMOTE, Tasks.DEMOTED);
  private static final int INTERNAL = Flags.INTERNAL;
  private static final int BLOCKING = Flags.INTERNAL | Flags.UNRUNNABLE_FIRST_BLOCKS;

  private final Planning planning;
  private final Orderings orderings;

  CollectiveActions(Planning planning) {
    this.planning = planning;
    this.orderings = planning.orderings;
  }

  /** Whether a task has a completed form that marks its end. */
  static String completed(String task) {
    return switch (task) {
      case Tasks.START -> Tasks.RUNNING;
      case Tasks.STOP -> Tasks.STOPPED;
      case Tasks.PROMOTE -> Tasks.PROMOTED;
      case Tasks.DEMOTE -> Tasks.DEMOTED;
      default -> task;
    };
  }

  /** Makes the pseudo-actions; what is to be done with them follows from the members. */
  void create(CollectiveResource resource) {
    tasks(resource, PLAIN);
    if (resource.promotable()) {
      tasks(resource, PROMOTABLE);
    }
    if (resource instanceof CloneResource) {
      for (PlannedAction action : resource.actions) {
        boolean completes = !Planning.memberTask(action.task).equals(action.task);
        if (completes && action.pseudo) {
          action.priority = Scores.INFINITY;
        }
      }
    }
  }

  private void tasks(CollectiveResource resource, List<String> tasks) {
    for (String task : tasks) {
      PlannedAction action = planning.maker.pseudo(resource, task, true);
      action.migratable =
          resource instanceof CloneResource && Planning.memberTask(task).equals(Tasks.STOP);
    }
  }

  void order(GroupResource group) {
    boundaries(group, Tasks.START, Tasks.RUNNING, Tasks.STOP, Tasks.STOPPED);
    if (group.promotable()) {
      boundaries(group, Tasks.PROMOTE, Tasks.PROMOTED, Tasks.DEMOTE, Tasks.DEMOTED);
    }
    if (group.ordered) {
      awaitedStarts(group);
    }
    PrimitiveResource previous = null;
    PrimitiveResource lastActive = null;
    for (PrimitiveResource member : group.members) {
      members(group, member, Tasks.START, Tasks.RUNNING);
      members(group, member, Tasks.STOP, Tasks.STOPPED);
      if (group.promotable()) {
        members(group, member, Tasks.PROMOTE, Tasks.PROMOTED);
        members(group, member, Tasks.DEMOTE, Tasks.DEMOTED);
      }
      if (group.ordered && previous != null) {
        chain(group, previous, member, lastActive);
      }
      if (!member.runningOn.isEmpty()) {
        lastActive = member;
      }
      previous = member;
    }
  }

  /** Start before running, stop before stopped, stopped before start. */
  private void boundaries(
      CollectiveResource resource, String up, String isUp, String down, String isDown) {
    boolean promotes = resource instanceof GroupResource && up.equals(Tasks.PROMOTE);
    orderings.order(resource, promotes ? down : isDown, resource, up, INTERNAL);
    if (down.equals(Tasks.STOP) || resource instanceof CloneResource) {
      orderings.order(resource, down, resource, isDown, BLOCKING);
    }
    if (up.equals(Tasks.START)) {
      orderings.order(resource, up, resource, isUp, BLOCKING);
    }
  }

  /** The collective's task comes before the member's, and the member's before the completed one. */
  private void members(
      CollectiveResource resource, PolicyResource member, String task, String completed) {
    orderings.order(resource, task, member, task, INTERNAL);
    String last = member instanceof PrimitiveResource ? task : completed;
    int flags = resource instanceof GroupResource ? BLOCKING : INTERNAL;
    boolean stops = task.equals(Tasks.STOP);
    orderings.order(member, last, resource, completed, stops ? flags | Flags.AFTER_PROBES : flags);
  }

  /** A member that follows waits for the start of the one before, even if that has no node. */
  private void awaitedStarts(GroupResource group) {
    for (int i = 1; i < group.members.size(); i++) {
      PrimitiveResource previous = group.members.get(i - 1);
      boolean awaited = !Planning.actionsOf(group.members.get(i), Tasks.START).isEmpty();
      if (awaited && Planning.actionsOf(previous, Tasks.START).isEmpty()) {
        planning.action(previous, Tasks.START, null, true);
      }
    }
  }

  /** Starts from the first to the last member, stops the other way round. */
  private void chain(
      GroupResource group,
      PrimitiveResource previous,
      PrimitiveResource member,
      @Nullable PrimitiveResource lastActive) {
    int ahead = Flags.FIRST_IMPLIES_THEN | Flags.UNRUNNABLE_FIRST_BLOCKS;
    int back = Flags.THEN_IMPLIES_FIRST | Flags.AFTER_PROBES;
    orderings.order(previous, Tasks.START, member, Tasks.START, ahead);
    orderings.order(member, Tasks.STOP, previous, Tasks.STOP, back);
    if (group.promotable()) {
      orderings.order(previous, Tasks.PROMOTE, member, Tasks.PROMOTE, ahead);
      orderings.order(member, Tasks.DEMOTE, previous, Tasks.DEMOTE, back);
    }
    if (!member.runningOn.isEmpty() && previous.runningOn.isEmpty()) {
      // What comes first was found stopped under what runs on top of it.
      orderings.order(
          member,
          Tasks.STOP,
          previous,
          Tasks.START,
          Flags.THEN_IMPLIES_FIRST | Flags.UNRUNNABLE_FIRST_BLOCKS);
      if (lastActive != null) {
        orderings.order(member, Tasks.STOP, lastActive, Tasks.STOP, back);
      }
    }
  }

  void order(CloneResource clone) {
    boundaries(clone, Tasks.START, Tasks.RUNNING, Tasks.STOP, Tasks.STOPPED);
    if (clone.promotable) {
      boundaries(clone, Tasks.PROMOTE, Tasks.PROMOTED, Tasks.DEMOTE, Tasks.DEMOTED);
      orderings.order(clone, Tasks.DEMOTED, clone, Tasks.STOP, INTERNAL);
      orderings.order(clone, Tasks.DEMOTED, clone, Tasks.START, INTERNAL);
      orderings.order(clone, Tasks.STOPPED, clone, Tasks.PROMOTE, INTERNAL);
      orderings.order(clone, Tasks.RUNNING, clone, Tasks.PROMOTE, INTERNAL);
    }
    List<PolicyResource> byNumber = new ArrayList<>(clone.instances);
    byNumber.sort(Comparator.comparingInt(CollectiveActions::number));
    for (int i = 0; i < byNumber.size(); i++) {
      PolicyResource instance = byNumber.get(i);
      members(clone, instance, Tasks.START, Tasks.RUNNING);
      members(clone, instance, Tasks.STOP, Tasks.STOPPED);
      if (clone.promotable) {
        members(clone, instance, Tasks.PROMOTE, Tasks.PROMOTED);
        members(clone, instance, Tasks.DEMOTE, Tasks.DEMOTED);
      }
      for (int j = 0; clone.ordered && j < i; j++) {
        oneByOne(byNumber.get(j), instance);
      }
      if (clone.ordered && clone.promotable && i > 0) {
        promotedOneByOne(byNumber.get(i - 1), instance);
      }
    }
  }

  static int number(PolicyResource instance) {
    List<PrimitiveResource> primitives = instance.primitives();
    return primitives.isEmpty() ? 0 : primitives.getFirst().instanceNumber;
  }

  /** Instances of an ordered clone start and stop one after the other. */
  private void oneByOne(PolicyResource previous, PolicyResource instance) {
    orderings.order(previous, end(previous, Tasks.START), instance, Tasks.START, Flags.ORDERED);
    orderings.order(
        instance,
        end(instance, Tasks.STOP),
        previous,
        Tasks.STOP,
        Flags.ORDERED | Flags.AFTER_PROBES);
  }

  /** In a new role each waits for its neighbour only, which may have nothing to do. */
  private void promotedOneByOne(PolicyResource previous, PolicyResource instance) {
    orderings.order(previous, end(previous, Tasks.PROMOTE), instance, Tasks.PROMOTE, Flags.ORDERED);
    orderings.order(instance, end(instance, Tasks.DEMOTE), previous, Tasks.DEMOTE, Flags.ORDERED);
  }

  /** The task that marks the end of one: collectives have a pseudo-action for it. */
  static String end(PolicyResource resource, String task) {
    return resource instanceof PrimitiveResource ? task : completed(task);
  }
}
