package org.ringward.core.policy.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.Tasks;

/** One line about one primitive: agent, state, node, what is special. */
final class PrimitiveText {
  private final boolean pending;

  /**
   * @param pending whether operations that are under way are shown
   */
  PrimitiveText(boolean pending) {
    this.pending = pending;
  }

  String of(PrimitiveResource resource) {
    PolicyNode node = resource.currentNode();
    if (node == null) {
      node = resource.lockNode == null ? resource.pendingNode : resource.lockNode;
    }
    String name = resource.unique() ? resource.id : resource.configuredId;
    return of(resource, name, node);
  }

  String of(PrimitiveResource resource, String name, @Nullable PolicyNode shownAt) {
    boolean several = resource.runningOn.size() > 1;
    PolicyNode node = several ? null : shownAt;
    StringBuilder text = new StringBuilder(name);
    text.append("\t(").append(resource.agentClass);
    if (!resource.provider.isEmpty()) {
      text.append(':').append(resource.provider);
    }
    text.append(':').append(resource.type).append("):\t");
    if (resource.removed) {
      text.append(" ORPHANED");
    }
    text.append(' ').append(state(resource));
    if (node != null) {
      text.append(' ').append(node.name);
    }
    if (shownRole(resource) == Role.STOPPED && !resource.failed) {
      String failure = failedProbe(resource, node);
      if (failure != null) {
        text.append(" (").append(failure).append(')');
      }
    }
    List<String> flags = flags(resource, node);
    if (!flags.isEmpty()) {
      text.append(" (").append(String.join(", ", flags)).append(')');
    }
    if (several) {
      List<String> names = new ArrayList<>();
      resource.runningOn.forEach(each -> names.add(each.name));
      text.append(' ').append(NodeListText.bracketed(names));
    }
    return text.toString();
  }

  private String state(PrimitiveResource resource) {
    Role role = shownRole(resource);
    if (resource.failed) {
      return role == Role.PROMOTED ? "FAILED Promoted" : "FAILED";
    }
    String task = pending ? resource.pendingTask : null;
    return switch (task == null ? "" : task) {
      case Tasks.START -> "Starting";
      case Tasks.STOP -> "Stopping";
      case Tasks.PROMOTE -> "Promoting";
      case Tasks.DEMOTE -> "Demoting";
      case Tasks.MIGRATE_TO, Tasks.MIGRATE_FROM -> "Migrating";
      default -> role.text();
    };
  }

  /** What can be promoted is unpromoted as soon as it runs. */
  private static Role shownRole(PrimitiveResource resource) {
    Role role = resource.role == Role.UNKNOWN ? Role.STOPPED : resource.role;
    return role == Role.STARTED && resource.promotable() ? Role.UNPROMOTED : role;
  }

  private List<String> flags(PrimitiveResource resource, @Nullable PolicyNode node) {
    List<String> flags = new ArrayList<>();
    if (node != null && !node.online && node.unclean) {
      flags.add("UNCLEAN");
    }
    if (node != null && node == resource.lockNode) {
      flags.add("LOCKED");
    }
    if (pending && Tasks.MONITOR.equals(resource.pendingTask)) {
      flags.add("Monitoring");
    }
    switch (resource.targetRole) {
      case STOPPED -> flags.add("disabled");
      case UNPROMOTED -> {
        if (resource.promotable()) {
          flags.add("target-role:Unpromoted");
        }
      }
      default -> {}
    }
    if (resource.blocked) {
      flags.add("blocked");
    } else if (resource.maintenance) {
      flags.add("maintenance");
    } else if (!resource.managed) {
      flags.add("unmanaged");
    }
    if (resource.ignoreFailure) {
      flags.add("failure ignored");
    }
    return flags;
  }

  private static @Nullable String failedProbe(
      PrimitiveResource resource, @Nullable PolicyNode node) {
    for (var entry : resource.failedProbes.entrySet()) {
      if (node == null || entry.getKey() == node) {
        return exitCode(entry.getValue());
      }
    }
    return null;
  }

  static String exitCode(int exitCode) {
    return switch (exitCode) {
      case 2 -> "Invalid parameter";
      case 5 -> "Not installed";
      default -> "Error occurred";
    };
  }

  static boolean disabled(PolicyResource resource) {
    Role target = resource.targetRole;
    return target == Role.STOPPED || (target == Role.UNPROMOTED && resource.promotable());
  }

  /** Whether it runs somewhere where that is known, or can do harm where it is not. */
  static boolean active(PrimitiveResource resource) {
    for (PolicyNode node : resource.runningOn) {
      if (node.unclean || node.online || !resource.managed) {
        return true;
      }
    }
    return false;
  }
}
