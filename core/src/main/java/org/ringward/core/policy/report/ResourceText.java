package org.ringward.core.policy.report;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.BundleResource;
import org.ringward.core.policy.model.CloneResource;
import org.ringward.core.policy.model.GroupResource;
import org.ringward.core.policy.model.NaturalOrder;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.Situation;

/** The list of resources with what they are doing where. */
final class ResourceText {
  private final Situation situation;
  private final PrimitiveText text;
  private final boolean pending;
  private final List<String> lines;

  ResourceText(Situation situation, boolean pending, List<String> lines) {
    this.situation = situation;
    this.text = new PrimitiveText(pending);
    this.pending = pending;
    this.lines = lines;
  }

  void write() {
    lines.add("  * Full List of Resources:");
    int before = lines.size();
    for (PolicyResource resource : situation.resources) {
      boolean implied = "true".equals(resource.meta("internal-rsc"));
      if (!implied && (!resource.removed || active(resource, false))) {
        write(resource, "    ");
      }
    }
    if (lines.size() == before) {
      lines.add("    * No resources");
    }
  }

  private void write(PolicyResource resource, String indent) {
    switch (resource) {
      case PrimitiveResource primitive -> lines.add(indent + "* " + text.of(primitive));
      case GroupResource group -> group(group, indent);
      case CloneResource clone -> clone(clone, indent);
      case BundleResource bundle -> bundle(bundle, indent);
    }
  }

  /** Whether it is active, or all of its parts are. */
  private static boolean active(PolicyResource resource, boolean all) {
    if (resource instanceof PrimitiveResource primitive) {
      return PrimitiveText.active(primitive);
    }
    boolean any = false;
    for (PolicyResource member : resource.members()) {
      boolean active = active(member, all);
      if (active && !all) {
        return true;
      }
      if (!active && all) {
        return false;
      }
      any |= active;
    }
    return any;
  }

  private void group(GroupResource group, String indent) {
    lines.add(indent + "* Resource Group: " + group.id + flags(group, new ArrayList<>()) + ":");
    for (PrimitiveResource member : group.members) {
      if (!member.removed || active(member, false)) {
        write(member, indent + "  ");
      }
    }
  }

  private static String flags(PolicyResource resource, List<String> flags) {
    if (PrimitiveText.disabled(resource)) {
      flags.add("disabled");
    }
    if (resource.maintenance) {
      flags.add("maintenance");
    } else if (!resource.managed) {
      flags.add("unmanaged");
    }
    return flags.isEmpty() ? "" : " (" + String.join(", ", flags) + ")";
  }

  private void clone(CloneResource clone, String indent) {
    List<String> flags = new ArrayList<>();
    if (clone.promotable) {
      flags.add("promotable");
    }
    if (clone.globallyUnique) {
      flags.add("unique");
    }
    String child = clone.child.attributes().get("id", "");
    lines.add(indent + "* Clone Set: " + clone.id + " [" + child + "]" + flags(clone, flags) + ":");
    List<String> promoted = new ArrayList<>();
    List<String> started = new ArrayList<>();
    for (PolicyResource instance : clone.instances) {
      PolicyNode node = clone.globallyUnique ? null : plainLocation(instance);
      if (node != null) {
        boolean isPromoted = role(instance) == Role.PROMOTED;
        (isPromoted ? promoted : started).add(node.name);
      } else if (clone.globallyUnique || active(instance, false) || pending(instance)) {
        if (!instance.removed || active(instance, false)) {
          write(instance, indent + "  ");
        }
      }
    }
    list(indent, "Promoted", promoted);
    list(indent, clone.promotable ? "Unpromoted" : "Started", started);
    if (!clone.globallyUnique && clone.cloneMax > promoted.size() + started.size()) {
      stopped(clone, indent);
    }
  }

  private void list(String indent, String title, List<String> names) {
    if (!names.isEmpty()) {
      names.sort(NaturalOrder::compare);
      lines.add(indent + "  * " + title + ": " + NodeListText.bracketed(names));
    }
  }

  private boolean pending(PolicyResource instance) {
    return pending
        && instance instanceof PrimitiveResource primitive
        && primitive.pendingTask != null;
  }

  private static Role role(PolicyResource instance) {
    Role highest = Role.UNKNOWN;
    for (PrimitiveResource primitive : instance.primitives()) {
      highest = primitive.role.above(highest) ? primitive.role : highest;
    }
    return highest;
  }

  /** The one node of an instance of which nothing more is to be said; null for all others. */
  private @Nullable PolicyNode plainLocation(PolicyResource instance) {
    if (pending(instance) || !active(instance, true)) {
      return null;
    }
    PolicyNode location = null;
    for (PrimitiveResource primitive : instance.primitives()) {
      if (primitive.removed || primitive.failed || !primitive.managed) {
        return null;
      }
      for (PolicyNode node : primitive.runningOn) {
        if (location != null && node != location) {
          return null;
        }
        location = node;
      }
    }
    if (!instance.managed || instance.failed || instance.removed) {
      return null;
    }
    return location == null || (!location.online && location.unclean) ? null : location;
  }

  /** Where an instance could be and is not, by the reason. */
  private void stopped(CloneResource clone, String indent) {
    TreeMap<String, List<String>> byText = new TreeMap<>();
    boolean disabled = clone.targetRole == Role.STOPPED;
    for (PolicyNode node : clone.candidates) {
      if (clone.runningOn.contains(node)) {
        continue;
      }
      String failure = failedProbe(clone, node);
      String text = disabled ? "Stopped (disabled)" : "Stopped";
      if (failure != null) {
        text = "Stopped (" + failure + ")";
      }
      byText.computeIfAbsent(text, _ -> new ArrayList<>()).add(node.name);
    }
    byText.forEach((text, names) -> list(indent, text, names));
  }

  private static @Nullable String failedProbe(CloneResource clone, PolicyNode node) {
    for (PrimitiveResource primitive : clone.primitives()) {
      Integer exitCode = primitive.failedProbes.get(node);
      if (exitCode != null) {
        return PrimitiveText.exitCode(exitCode);
      }
    }
    return null;
  }

  private void bundle(BundleResource bundle, String indent) {
    StringBuilder head = new StringBuilder(indent).append("* Container bundle");
    head.append(bundle.replicas.size() > 1 ? " set" : "").append(": ").append(bundle.id);
    head.append(" [").append(bundle.image).append(']');
    head.append(bundle.unique ? " (unique)" : "");
    head.append(flags(bundle, new ArrayList<>())).append(':');
    lines.add(head.toString());
    for (BundleResource.Replica replica : bundle.replicas) {
      replica(replica, indent + "  ");
    }
  }

  private void replica(BundleResource.Replica replica, String indent) {
    PrimitiveResource shown =
        replica.child() instanceof PrimitiveResource child ? child : replica.container();
    String name = replica.connection() != null ? replica.connection().id : replica.container().id;
    if (replica.ipAddress() != null) {
      name += " (" + replica.ipAddress() + ")";
    }
    PolicyNode node = replica.container().currentNode();
    lines.add(indent + "* " + text.of(shown, name, node));
  }
}
