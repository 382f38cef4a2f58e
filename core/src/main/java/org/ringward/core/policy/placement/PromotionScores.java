package org.ringward.core.policy.placement;

import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.CloneResource;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Scores;
import org.ringward.core.policy.model.Values;

/**
 * The scores that agents set, as attributes of nodes, for the promotion of an instance. As
 * instances of an anonymous clone share one name, only one of them may use the score of a node: the
 * one that is active there, else one that was looked for there.
 */
final class PromotionScores {
  private final CloneResource clone;

  PromotionScores(CloneResource clone) {
    this.clone = clone;
  }

  /** The score of an instance on a node, null when there is none. */
  @Nullable Integer of(PolicyResource instance, PolicyNode node) {
    if (instance instanceof PrimitiveResource primitive) {
      return ofPrimitive(primitive, node);
    }
    Integer sum = null;
    for (PolicyResource member : instance.members()) {
      Integer score = of(member, node);
      if (score != null) {
        sum = sum == null ? score : Integer.valueOf(Scores.add(sum, score));
      }
    }
    return sum;
  }

  private @Nullable Integer ofPrimitive(PrimitiveResource resource, PolicyNode node) {
    if (!applies(resource, node)) {
      return null;
    }
    String name = resource.historyId == null ? resource.id : resource.historyId;
    String text = attribute(resource, node, name);
    if (text == null && !clone.globallyUnique) {
      text = attribute(resource, node, resource.configuredId);
    }
    return text == null ? null : Integer.valueOf(Values.score(text, 0));
  }

  private static @Nullable String attribute(
      PrimitiveResource resource, PolicyNode node, String name) {
    String text = NodeTables.attribute(node, "master-" + name, resource);
    return text != null ? text : NodeTables.attribute(node, "promotion-score-" + name, resource);
  }

  private boolean applies(PrimitiveResource resource, PolicyNode node) {
    return allowed(resource, node) && counts(resource, node);
  }

  private boolean counts(PrimitiveResource resource, PolicyNode node) {
    boolean active = resource.runningOn.contains(node);
    if (!clone.globallyUnique) {
      if (active) {
        return true;
      }
      if (!anyInstance(resource, node, true) && anyInstance(resource, node, false)) {
        return true;
      }
    }
    if (resource.runningOn.isEmpty() && resource.knownOn.isEmpty()) {
      // Nothing is known anywhere: permanent scores have to do.
      return true;
    }
    return active || resource.knownOn.containsKey(node);
  }

  private static boolean allowed(PrimitiveResource resource, PolicyNode node) {
    return resource.allowed.contains(node) && resource.allowed.score(node) >= 0;
  }

  /** Whether some instance of the same resource is active, or known, there. */
  private boolean anyInstance(PrimitiveResource resource, PolicyNode node, boolean active) {
    for (PolicyResource instance : clone.instances) {
      for (PrimitiveResource each : instance.primitives()) {
        if (each.configuredId.equals(resource.configuredId)
            && (active ? each.runningOn.contains(node) : each.knownOn.containsKey(node))) {
          return true;
        }
      }
    }
    return false;
  }
}
