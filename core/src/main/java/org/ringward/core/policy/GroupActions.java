package org.ringward.core.policy;

/** The pseudo-actions of a group, and the order among its members. */
final class GroupActions {
  private GroupActions() {}

  static void create(GroupResource group) {
    for (String task :
        new String[] {
          PlannedAction.START, PlannedAction.RUNNING, PlannedAction.STOP, PlannedAction.STOPPED
        }) {
      PlannedAction action =
          group.situation.create(group, task, group.id + "_" + task + "_0", 0, null, true);
      action.pseudo = true;
    }
    PlannedAction running = action(group, PlannedAction.RUNNING);
    for (PrimitiveResource member : group.members) {
      if (member.nextRole != Role.STARTED || member.assigned == null) {
        running.block(member.id + " is not started");
      }
    }
  }

  private static PlannedAction action(GroupResource group, String task) {
    return group.actionsOf(task).getFirst();
  }

  /** Whether another action of the members makes the group's one required. */
  static boolean demanded(GroupResource group, PlannedAction action) {
    String task =
        switch (action.task) {
          case PlannedAction.START, PlannedAction.RUNNING -> PlannedAction.START;
          default -> PlannedAction.STOP;
        };
    for (PrimitiveResource member : group.members) {
      for (PlannedAction each : member.actions) {
        if (!each.optional && each.intervalMs == 0 && each.task.equals(task)) {
          return true;
        }
      }
    }
    return false;
  }

  static void order(GroupResource group) {
    PlannedAction start = action(group, PlannedAction.START);
    PlannedAction running = action(group, PlannedAction.RUNNING);
    PlannedAction stop = action(group, PlannedAction.STOP);
    PlannedAction stopped = action(group, PlannedAction.STOPPED);
    int blocking = OrderFlags.INTERNAL | OrderFlags.UNRUNNABLE_FIRST_BLOCKS;
    start.after(stopped, OrderFlags.INTERNAL);
    stopped.after(stop, blocking);
    running.after(start, blocking);
    if (group.ordered) {
      awaitedStarts(group);
    }
    PrimitiveResource previous = null;
    PrimitiveResource lastActive = null;
    for (PrimitiveResource member : group.members) {
      member.orderInside();
      for (PlannedAction each : member.actionsOf(PlannedAction.START)) {
        each.after(start, OrderFlags.INTERNAL);
        running.after(each, blocking);
      }
      for (PlannedAction each : member.actionsOf(PlannedAction.STOP)) {
        each.after(stop, OrderFlags.INTERNAL);
        stopped.after(each, blocking);
      }
      group.situation.stopOrders.add(new Situation.StopOrder(member, stopped));
      if (group.ordered && previous != null) {
        chain(previous, member, lastActive);
      }
      if (member.active()) {
        lastActive = member;
      }
      previous = member;
    }
  }

  /** A member that follows waits for the start of the one before, even if that has no node. */
  private static void awaitedStarts(GroupResource group) {
    for (int i = 1; i < group.members.size(); i++) {
      PrimitiveResource previous = group.members.get(i - 1);
      boolean awaited = !group.members.get(i).actionsOf(PlannedAction.START).isEmpty();
      if (awaited && previous.actionsOf(PlannedAction.START).isEmpty()) {
        PrimitiveActions.placeless(previous, PlannedAction.START);
      }
    }
  }

  /** Starts from the first to the last member, stops the other way round. */
  private static void chain(
      PrimitiveResource previous,
      PrimitiveResource member,
      @org.jspecify.annotations.Nullable PrimitiveResource lastActive) {
    OrderConstraints.order(
        previous,
        PlannedAction.START,
        member,
        PlannedAction.START,
        OrderFlags.FIRST_IMPLIES_THEN | OrderFlags.UNRUNNABLE_FIRST_BLOCKS);
    OrderConstraints.order(
        member,
        PlannedAction.STOP,
        previous,
        PlannedAction.STOP,
        OrderFlags.THEN_IMPLIES_FIRST | OrderFlags.AFTER_PROBES);
    if (member.active() && !previous.active()) {
      // What comes first was found stopped under what runs on top of it.
      OrderConstraints.order(
          member,
          PlannedAction.STOP,
          previous,
          PlannedAction.START,
          OrderFlags.THEN_IMPLIES_FIRST | OrderFlags.UNRUNNABLE_FIRST_BLOCKS);
      if (lastActive != null) {
        OrderConstraints.order(
            member,
            PlannedAction.STOP,
            lastActive,
            PlannedAction.STOP,
            OrderFlags.THEN_IMPLIES_FIRST | OrderFlags.AFTER_PROBES);
      }
    }
  }
}
