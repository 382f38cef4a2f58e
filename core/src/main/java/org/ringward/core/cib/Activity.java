package org.ringward.core.cib;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where resources run, as far as the histories in the status tell. */
public final class Activity {
  private static final int RUNNING = 0;
  private static final int NOT_INSTALLED = 5;
  private static final int NOT_RUNNING = 7;

  private Activity() {}

  /**
   * The names of the nodes on which the resource is active, in the order of the status; a group,
   * clone or bundle is active where anything in it is.
   */
  public static List<String> nodes(Cib cib, String resource) {
    List<String> ids = new ArrayList<>();
    Resource configured = cib.configuration().resource(resource);
    if (configured == null || configured instanceof Primitive) {
      ids.add(resource);
    } else {
      configured.primitives().forEach(member -> ids.add(member.id()));
    }
    List<String> nodes = new ArrayList<>();
    for (NodeState state : cib.status().nodes()) {
      if (state.inCcm() && isActive(state, ids)) {
        nodes.add(state.uname());
      }
    }
    return nodes;
  }

  /** Instances of a clone are known under its name, or with a number behind it. */
  private static boolean isActive(NodeState state, List<String> ids) {
    for (ResourceHistory history : state.histories()) {
      int colon = history.id().lastIndexOf(':');
      String plain = colon < 0 ? history.id() : history.id().substring(0, colon);
      if ((ids.contains(history.id()) || ids.contains(plain)) && isActive(history)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the resource is active by its history: its last finished start, stop or monitor
   * decides, and a failed one leaves it active, because nothing proves that it is not.
   */
  static boolean isActive(@Nullable ResourceHistory history) {
    OperationRecord last = null;
    if (history != null) {
      for (OperationRecord each : history.operations()) {
        boolean later = last == null || each.callId() >= last.callId();
        if (later && !each.isPending() && decides(each)) {
          last = each;
        }
      }
    }
    return last != null && leavesActive(last);
  }

  private static boolean decides(OperationRecord operation) {
    return switch (operation.operation()) {
      case "start", "stop", "monitor", "promote", "demote", "migrate_to", "migrate_from" -> true;
      default -> false;
    };
  }

  private static boolean leavesActive(OperationRecord operation) {
    int code = operation.exitCode();
    return switch (operation.operation()) {
      case "stop", "migrate_to" -> code != RUNNING;
      case "monitor" ->
          code != NOT_RUNNING && !(code == NOT_INSTALLED && operation.intervalMillis() == 0);
      default -> code != NOT_RUNNING;
    };
  }
}
