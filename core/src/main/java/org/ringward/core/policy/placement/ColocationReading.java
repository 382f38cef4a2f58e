package org.ringward.core.policy.placement;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Attributes;
import org.ringward.core.cib.Element;
import org.ringward.core.policy.model.ColocationRule;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.Scores;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.model.Values;

/** rsc_colocation: which resources are placed with, or away from, which. */
final class ColocationReading {
  private final Situation situation;
  private final ResourceNames names;

  ColocationReading(Situation situation, ResourceNames names) {
    this.situation = situation;
    this.names = names;
  }

  void read(Element constraint) {
    Attributes attributes = constraint.attributes();
    String id = attributes.get("id", "");
    int score = Values.score(attributes.get("score"), 0);
    String influence = attributes.get("influence");
    List<ResourceNames.ResourceSet> sets = names.sets(constraint.children());
    if (!sets.isEmpty()) {
      ResourceNames.ResourceSet before = null;
      for (ResourceNames.ResourceSet set : sets) {
        inside(set, score, influence);
        if (before != null) {
          between(id, before, set, score, influence);
        }
        before = set;
      }
      return;
    }
    String dependentName = attributes.get("rsc", "");
    String primaryName = attributes.get("with-rsc", "");
    List<PolicyResource> dependents = names.all(dependentName);
    List<PolicyResource> primaries = names.all(primaryName);
    boolean bothSeveral = names.isCollection(dependentName) && names.isCollection(primaryName);
    if (dependents == null || primaries == null || bothSeveral) {
      // What two templates should have to do with each other nobody can tell.
      return;
    }
    String attribute = attributes.get("node-attribute", "#uname");
    Role dependentRole = role(attributes.get("rsc-role"));
    Role primaryRole = role(attributes.get("with-rsc-role"));
    for (PolicyResource dependent : dependents) {
      for (PolicyResource primary : primaries) {
        add(id, score, dependent, dependentRole, primary, primaryRole, attribute, influence);
      }
    }
  }

  /** In a set every resource follows the one before it; with a score below zero, avoids all. */
  private void inside(ResourceNames.ResourceSet set, int outerScore, @Nullable String influence) {
    int score = score(set, outerScore);
    if (!set.sequential()) {
      return;
    }
    List<PolicyResource> resources = set.resources();
    if (score > 0 && !set.element().attributes().get("ordering", "group").equals("group")) {
      // An old way to write the opposite order.
      resources = resources.reversed();
    }
    for (int i = 1; i < resources.size(); i++) {
      for (int j = score < 0 ? 0 : i - 1; j < i; j++) {
        Role role = role(set);
        add(set.id(), score, resources.get(i), role, resources.get(j), role, "#uname", influence);
      }
    }
  }

  private static int score(ResourceNames.ResourceSet set, int otherwise) {
    return Values.score(set.element().attributes().get("score"), otherwise);
  }

  /** Every set follows the set after it. */
  private void between(
      String id,
      ResourceNames.ResourceSet dependents,
      ResourceNames.ResourceSet primaries,
      int score,
      @Nullable String influence) {
    List<PolicyResource> first = dependents.resources();
    List<PolicyResource> second = primaries.resources();
    if (first.isEmpty() || second.isEmpty()) {
      return;
    }
    List<PolicyResource> following = dependents.sequential() ? first.subList(0, 1) : first;
    List<PolicyResource> followed =
        primaries.sequential() ? second.subList(second.size() - 1, second.size()) : second;
    for (PolicyResource dependent : following) {
      for (PolicyResource primary : followed) {
        add(id, score, dependent, role(dependents), primary, role(primaries), "#uname", influence);
      }
    }
  }

  private void add(
      String id,
      int score,
      PolicyResource dependent,
      Role dependentRole,
      PolicyResource primary,
      Role primaryRole,
      String attribute,
      @Nullable String influence) {
    if (score == 0 || dependent == primary) {
      return;
    }
    InnerColocations.enter(
        situation,
        new ColocationRule(
            id,
            Scores.bound(score),
            dependent,
            dependentRole,
            primary,
            primaryRole,
            attribute,
            Values.truth(influence, dependent.critical),
            true));
  }

  private static Role role(ResourceNames.ResourceSet set) {
    return role(set.element().attributes().get("role"));
  }

  /** To be started is what every resource has in common. */
  private static Role role(@Nullable String name) {
    Role role = Role.of(name);
    return role == Role.STARTED ? Role.UNKNOWN : role;
  }
}
