package org.ringward.core.control;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Attributes;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.Constraint;
import org.ringward.core.cib.Location;
import org.ringward.core.cib.NodeEntry;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.OperationRecord;
import org.ringward.core.cib.Primitive;
import org.ringward.core.cib.Resource;
import org.ringward.core.cib.ResourceHistory;
import org.ringward.core.cib.Status;

/**
 * What the scheduler is shown where nodes have lost their access to some resources' storage: on a
 * lost node such a resource is stopped, and on a member that failed to stop it; it need not wait
 * for the fencing of any node when no other node can have it; it is not started where the access is
 * cut; and what a node that is back still runs of it is stopped there, not where it was recovered.
 */
final class AccessView {
  private AccessView() {}

  static Cib of(Cib cib) {
    List<NodeState> cut =
        cib.status().nodes().stream().filter(node -> !AccessRung.revoked(node).isEmpty()).toList();
    if (cut.isEmpty()) {
      return cib;
    }
    Configuration configuration = cib.configuration();
    List<Constraint> constraints = new ArrayList<>(configuration.constraints());
    List<NodeState> nodes = new ArrayList<>();
    List<String> touched = new ArrayList<>();
    for (NodeState node : cib.status().nodes()) {
      NodeState shown = node;
      for (String resource : AccessRung.touched(configuration, node)) {
        touched.add(resource);
        constraints.add(notOn(resource, node.uname()));
      }
      for (String resource : AccessRung.cutOff(configuration, node)) {
        if (NodeStates.isUnclean(node) || AccessRung.isStuck(node, resource)) {
          shown = stopped(shown, configuration, resource);
        }
      }
      nodes.add(shown);
    }
    Configuration changed = configuration.withConstraints(constraints);
    for (String resource : touched.stream().distinct().toList()) {
      changed = relaxed(changed, resource, isNowhereElse(cib, resource));
    }
    return cib.withConfiguration(changed).withStatus(new Status(nodes, cib.status().others()));
  }

  /**
   * Whether nothing but cut-off nodes can have it: all others are proven down, or members that know
   * of it that it is stopped. Where a member has it, whatever befalls that member (a stop that
   * fails, above all) has to be proven as ever.
   */
  private static boolean isNowhereElse(Cib cib, String resource) {
    for (NodeEntry entry : cib.configuration().nodes()) {
      @Nullable NodeState node = cib.status().node(entry.uname());
      if (node == null) {
        return false;
      }
      boolean without =
          NodeStates.isMember(node)
              ? ResourceView.on(node, resource) == ResourceView.Activity.STOPPED
              : !NodeStates.isUnclean(node)
                  || AccessRung.cutOff(cib.configuration(), node).contains(resource);
      if (!without) {
        return false;
      }
    }
    return true;
  }

  private static Location notOn(String resource, String node) {
    return new Location(
        Attributes.of(
            "id",
            "access-revoked-" + resource + "-" + node,
            "rsc",
            resource,
            "node",
            node,
            "score",
            "-INFINITY"),
        List.of());
  }

  /** As if somebody had looked there and found nothing. */
  private static NodeState stopped(NodeState node, Configuration configuration, String resource) {
    @Nullable ResourceHistory old = node.history(resource);
    @Nullable Resource configured = configuration.resource(resource);
    if (!(configured instanceof Primitive primitive)) {
      return node;
    }
    Primitive effective = configuration.effective(primitive);
    Attributes attributes =
        old != null
            ? old.attributes()
            : Attributes.of(
                "id", resource,
                "class", effective.agentClass(),
                "provider", effective.provider(),
                "type", effective.type());
    OperationRecord probe =
        new OperationRecord(
            Attributes.of(
                "id", resource + "_last_0",
                "operation_key", resource + "_monitor_0",
                "operation", "monitor",
                "interval", "0",
                "call-id", "1",
                "rc-code", "7",
                "op-status", "0",
                "transition-key", "0:0:7:access",
                "transition-magic", "0:7;0:0:7:access"));
    return node.withHistory(new ResourceHistory(attributes, List.of(probe), List.of()));
  }

  private static Configuration relaxed(
      Configuration configuration, String resource, boolean nowhereElse) {
    if (!(configuration.resource(resource) instanceof Primitive primitive)) {
      return configuration;
    }
    Primitive shown = primitive.withMeta("multiple-active", "stop_unexpected");
    if (nowhereElse && !"nothing".equals(primitive.meta("requires"))) {
      shown = shown.withMeta("requires", "quorum");
    }
    return configuration.withResource(shown);
  }
}
