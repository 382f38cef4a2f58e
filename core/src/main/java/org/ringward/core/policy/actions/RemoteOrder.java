package org.ringward.core.policy.actions;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.PlannedAction;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.model.Tasks;

/**
 * What happens on a remote node or in a guest needs the connection to it, and in a guest also the
 * resource the guest lives in.
 */
final class RemoteOrder {
  private final Planning planning;
  private final Situation situation;

  /** How a connection stands. */
  private enum State {
    /** It is up and will be. */
    ALIVE,
    /** It is down or on a dead node, and comes up elsewhere. */
    RESTING,
    /** It is nowhere yet, and comes up. */
    UNKNOWN,
    /** It goes down, or is down, for good. */
    STOPPED,
    /** It cannot be had: only fencing helps. */
    FAILED
  }

  RemoteOrder(Planning planning) {
    this.planning = planning;
    this.situation = planning.situation;
  }

  void order() {
    situation.primitives().forEach(this::movesAfterConnection);
    for (PlannedAction action : List.copyOf(situation.actions).reversed()) {
      PolicyNode node = action.node;
      if (action.is(Tasks.CLEAR_FAIL_COUNT)
          && action.resource instanceof PrimitiveResource connection
          && connection.isConnection()) {
        planning.orderings.order(action, connection, Tasks.START, Flags.ORDERED);
        continue;
      }
      if (node == null
          || !node.isRemoteOrGuest()
          || action.pseudo
          || action.is(Tasks.CANCEL)
          || !(action.resource instanceof PrimitiveResource)) {
        continue;
      }
      PrimitiveResource connection = node.connection;
      if (connection == null) {
        continue;
      }
      if (node.container() != null) {
        inGuest(action, connection, node);
      } else {
        onRemote(action, connection, node);
      }
    }
  }

  /** What moves to a remote node leaves its place when there is a connection to the new one. */
  private void movesAfterConnection(PrimitiveResource resource) {
    PolicyNode node = resource.assigned;
    if (node == null || node.connection == null || resource.runningOn.contains(node)) {
      return;
    }
    for (PlannedAction stop : Planning.actionsOf(resource, Tasks.STOP)) {
      planning.orderings.order(node.connection, Tasks.START, stop, Flags.ORDERED);
    }
  }

  private void inGuest(PlannedAction action, PrimitiveResource connection, PolicyNode node) {
    PrimitiveResource container = connection.container;
    if (container == null) {
      return;
    }
    if (container.failed) {
      node.markUnclean("container failed");
    }
    switch (action.task) {
      case Tasks.START, Tasks.PROMOTE -> {
        if (connection.assigned == null) {
          // The nearest obstacle comes first, it tells why.
          afterStart(connection, action, 0);
        }
        afterStart(container, action, Flags.FIRST_IMPLIES_THEN);
        afterStart(connection, action, 0);
      }
      case Tasks.STOP, Tasks.DEMOTE -> {
        if (!container.failed) {
          beforeStop(action, connection, Flags.ORDERED);
        }
      }
      default -> afterStart(connection, action, implied(action));
    }
  }

  /** Recurring actions have to be begun anew on a new connection. */
  private static int implied(PlannedAction action) {
    return action.intervalMs > 0 ? Flags.FIRST_IMPLIES_THEN : 0;
  }

  private void onRemote(PlannedAction action, PrimitiveResource connection, PolicyNode node) {
    State state = state(connection, node);
    switch (action.task) {
      case Tasks.START, Tasks.PROMOTE ->
          afterStart(connection, action, state == State.FAILED ? Flags.FIRST_IMPLIES_THEN : 0);
      case Tasks.STOP -> stop(action, connection, node, state);
      case Tasks.DEMOTE -> {
        if (state == State.RESTING || state == State.UNKNOWN) {
          afterStart(connection, action, 0);
        }
      }
      case Tasks.MIGRATE_TO -> beforeStop(action, connection, Flags.ORDERED);
      default -> other(action, connection, node, state);
    }
  }

  private void stop(
      PlannedAction action, PrimitiveResource connection, PolicyNode node, State state) {
    if (state == State.ALIVE) {
      beforeStop(action, connection, Flags.THEN_IMPLIES_FIRST);
    } else if (state == State.FAILED) {
      fence(node, "resources are active but connection is unrecoverable");
    } else if (connection.nextRole == Role.STOPPED) {
      beforeStop(action, connection, Flags.THEN_IMPLIES_FIRST);
    } else {
      afterStart(connection, action, 0);
    }
  }

  private void other(
      PlannedAction action, PrimitiveResource connection, PolicyNode node, State state) {
    if (action.intervalMs > 0) {
      afterStart(connection, action, Flags.FIRST_IMPLIES_THEN);
      return;
    }
    if (action.is(Tasks.MONITOR) && state == State.FAILED) {
      fence(node, "resources are in unknown state and connection is unrecoverable");
    }
    if (connection.currentNode() != null && state == State.STOPPED) {
      beforeStop(action, connection, Flags.ORDERED);
    } else {
      afterStart(connection, action, 0);
    }
  }

  private void fence(PolicyNode node, String why) {
    if (!node.unclean) {
      node.markUnclean(why);
      planning.lost.add(node);
    }
  }

  /** Whether a remote node can only be had back by fencing it. */
  static boolean isLost(PolicyNode node) {
    return node.isRemote()
        && node.connection != null
        && state(node.connection, node) == State.FAILED;
  }

  private static State state(PrimitiveResource connection, PolicyNode node) {
    PolicyNode host = connection.currentNode();
    if (connection.nextRole == Role.STOPPED || connection.assigned == null) {
      if (host != null && host.unclean) {
        return State.FAILED;
      }
      if (!connection.failed) {
        return State.STOPPED;
      }
      boolean waits =
          connection.nextRole == Role.STOPPED && connection.reconnectIntervalMs > 0 && node.fenced;
      return waits ? State.UNKNOWN : State.FAILED;
    }
    if (host == null) {
      return State.UNKNOWN;
    }
    if (host.unclean || !host.online) {
      return State.RESTING;
    }
    boolean migrating =
        connection.runningOn.size() > 1
            && connection.partialMigrationSource != null
            && connection.partialMigrationTarget != null;
    return migrating ? State.RESTING : State.ALIVE;
  }

  private void afterStart(PrimitiveResource first, PlannedAction action, int flags) {
    if (action.resource != first) {
      planning.orderings.order(first, Tasks.START, action, flags | Flags.UNRUNNABLE_FIRST_BLOCKS);
    }
  }

  private void beforeStop(PlannedAction action, PrimitiveResource then, int flags) {
    if (action.resource != then) {
      planning.orderings.order(action, then, Tasks.STOP, flags);
      if (action.is(Tasks.STOP) && action.resource instanceof PrimitiveResource stopped) {
        for (PlannedAction stop : Planning.actionsOf(then, Tasks.STOP)) {
          planning.orderings.afterStops.add(new Orderings.AfterStop(stopped, stop));
        }
      }
    }
  }

  /** The cluster node through which an action on a remote node or in a guest goes. */
  static @Nullable PolicyNode router(PlannedAction action) {
    PolicyNode node = action.node;
    if (node == null || node.connection == null) {
      return null;
    }
    PrimitiveResource connection = node.connection;
    PolicyNode began = connection.currentNode();
    PolicyNode ended = connection.assigned;
    if (began != null && (began.unclean || !began.online)) {
      began = null;
    }
    if (began == null || ended == null || began == ended) {
      return began == null ? ended : began;
    }
    PolicyNode target = connection.partialMigrationTarget;
    if (target != null && connection.partialMigrationSource != null && target == ended) {
      return ended;
    }
    boolean before =
        switch (action.task) {
          case Tasks.STOP, Tasks.DEMOTE, Tasks.MIGRATE_TO -> true;
          case Tasks.NOTIFY -> {
            String what = action.meta.getOrDefault("notify_key_operation", "");
            yield what.equals(Tasks.STOP) || what.equals(Tasks.DEMOTE);
          }
          default -> false;
        };
    return before ? began : ended;
  }
}
