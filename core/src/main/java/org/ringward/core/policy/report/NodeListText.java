package org.ringward.core.policy.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.NaturalOrder;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.model.Values;

/** The list of nodes: one line for each that is special, the others by their kind. */
final class NodeListText {
  private final Situation situation;

  NodeListText(Situation situation) {
    this.situation = situation;
  }

  void write(List<String> lines) {
    List<String> online = new ArrayList<>();
    List<String> offline = new ArrayList<>();
    List<String> remoteOnline = new ArrayList<>();
    List<String> remoteOffline = new ArrayList<>();
    List<String> guestOnline = new ArrayList<>();
    lines.add("  * Node List:");
    List<PolicyNode> nodes = new ArrayList<>(situation.nodes);
    nodes.sort((a, b) -> NaturalOrder.compare(a.name, b.name));
    for (PolicyNode node : nodes) {
      String special = special(node);
      if (special != null) {
        lines.add("    * " + kind(node) + "Node " + node.name + ": " + special);
        continue;
      }
      switch (node.kind) {
        case MEMBER -> (node.online ? online : offline).add(node.name);
        case REMOTE -> (node.online ? remoteOnline : remoteOffline).add(node.name);
        case GUEST -> {
          // A guest that is down is just a resource that is stopped.
          if (node.online) {
            guestOnline.add(node.name);
          }
        }
      }
    }
    list(lines, "Online", online);
    list(lines, "OFFLINE", offline);
    list(lines, "RemoteOnline", remoteOnline);
    list(lines, "RemoteOFFLINE", remoteOffline);
    list(lines, "GuestOnline", guestOnline);
  }

  private static void list(List<String> lines, String title, List<String> names) {
    if (!names.isEmpty()) {
      lines.add("    * " + title + ": " + bracketed(names));
    }
  }

  static String bracketed(List<String> names) {
    return "[ " + String.join(" ", names) + " ]";
  }

  private static String kind(PolicyNode node) {
    return switch (node.kind) {
      case MEMBER -> "";
      case REMOTE -> "Remote";
      case GUEST -> "Guest";
    };
  }

  /** What is not as it should be with a node, null when it is just online or offline. */
  private @Nullable String special(PolicyNode node) {
    if (node.unclean) {
      return "UNCLEAN " + (node.online ? "(online)" : node.pending ? "(pending)" : "(offline)");
    }
    if (node.pending) {
      return "pending";
    }
    if (node.standbyAfterFailure && node.online) {
      return "standby (on-fail)";
    }
    if (node.standby) {
      return !node.online
          ? "OFFLINE (standby)"
          : node.running.isEmpty() ? "standby" : "standby (with active resources)";
    }
    if (node.maintenance) {
      return node.online ? "maintenance" : "OFFLINE (maintenance)";
    }
    return node.online ? health(node) : null;
  }

  private @Nullable String health(PolicyNode node) {
    if (situation.options.nodeHealthStrategy.equals("none")) {
      return null;
    }
    boolean yellow = false;
    for (Map.Entry<String, String> attribute : node.attributes.entrySet()) {
      if (!attribute.getKey().startsWith("#health")) {
        continue;
      }
      String value = attribute.getValue();
      if (value.equals("red") || Values.score(value, 0) < 0) {
        return "online (health is RED)";
      }
      yellow |= value.equals("yellow");
    }
    return yellow ? "online (health is YELLOW)" : null;
  }
}
