package org.ringward.core.policy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Attributes;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.NodeEntry;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.Status;
import org.ringward.core.policy.facts.Facts;
import org.ringward.core.policy.model.GroupResource;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.placement.Constraints;
import org.ringward.core.policy.placement.Placement;

/**
 * Tries a configuration on a cluster where nothing has happened yet and every node is online: what
 * finds no place there will never find one.
 */
public final class ConfigurationTrial {
  private ConfigurationTrial() {}

  /**
   * What would run nowhere, one sentence each; nothing for a configuration without nodes.
   *
   * @param now seconds since 1970
   */
  public static List<String> homeless(Configuration configuration, long now) {
    if (configuration.nodes().isEmpty()) {
      return List.of();
    }
    Facts facts = Facts.read(fresh(configuration), now);
    Constraints.read(facts);
    Placement.assign(facts);
    List<String> sentences = new ArrayList<>();
    for (PolicyResource resource : facts.situation().resources) {
      PrimitiveResource left = wanted(resource) ? leftOut(resource) : null;
      if (left != null) {
        String inside = left == resource ? "" : " (" + left.id + " finds no node)";
        sentences.add(
            resource.id
                + " would run nowhere even with every node online"
                + inside
                + ": locations, colocations or capacities leave it no node");
      }
    }
    return sentences;
  }

  private static Cib fresh(Configuration configuration) {
    List<NodeState> states = new ArrayList<>();
    for (NodeEntry node : configuration.nodes()) {
      if (!node.attributes().get("type", "member").equals("remote")) {
        states.add(
            NodeState.of(node.id(), node.uname())
                .withAttribute("in_ccm", "true")
                .withAttribute("crmd", "online")
                .withAttribute("join", "member")
                .withAttribute("expected", "member"));
      }
    }
    return new Cib(
        Attributes.of("have-quorum", "1"), configuration, new Status(states, List.of()), List.of());
  }

  /** Not what people stopped, nor what waits for a ticket, nor the way into a remote node. */
  private static boolean wanted(PolicyResource resource) {
    boolean stopped = Role.of(resource.meta("target-role")) == Role.STOPPED;
    return !stopped
        && resource.managed
        && resource.tickets.isEmpty()
        && resource.members().stream().allMatch(ConfigurationTrial::wanted);
  }

  /** The first primitive without a place; of a clone only when all instances have none. */
  private static @Nullable PrimitiveResource leftOut(PolicyResource resource) {
    PrimitiveResource first = null;
    boolean all = true;
    for (PrimitiveResource primitive : resource.primitives()) {
      if (primitive.assigned == null) {
        first = first == null ? primitive : first;
      } else {
        all = false;
      }
    }
    boolean whole = resource instanceof PrimitiveResource || resource instanceof GroupResource;
    return whole || all ? first : null;
  }
}
