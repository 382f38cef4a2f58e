package org.ringward.core.policy.placement;

import java.util.ArrayList;
import java.util.List;
import org.ringward.core.policy.model.BundleResource;
import org.ringward.core.policy.model.CloneResource;
import org.ringward.core.policy.model.ColocationRule;
import org.ringward.core.policy.model.GroupResource;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;

/**
 * Which colocations count for a resource. Own ones, and those of what it is part of: the first
 * member of a group speaks for what the group, or another member, is bound to; the last member for
 * what is bound to them; every instance for its clone; containers for their bundle.
 */
final class ColocationLists {
  private final boolean forward;
  private final PolicyResource subject;
  private List<ColocationRule> found = new ArrayList<>(4);

  private ColocationLists(PolicyResource subject, boolean forward) {
    this.subject = subject;
    this.forward = forward;
  }

  /** Those in which the resource follows others, the most important primary first. */
  static List<ColocationRule> withOthers(PolicyResource resource) {
    return collect(resource, true);
  }

  /** Those in which others follow the resource, the most important dependent first. */
  static List<ColocationRule> othersWith(PolicyResource resource) {
    return collect(resource, false);
  }

  private static List<ColocationRule> collect(PolicyResource resource, boolean forward) {
    if (resource instanceof PrimitiveResource && resource.parent == null) {
      return forward ? resource.withOthers : resource.othersWith;
    }
    ColocationLists lists = new ColocationLists(resource, forward);
    lists.from(resource);
    return lists.found;
  }

  private void from(PolicyResource resource) {
    switch (resource) {
      case PrimitiveResource primitive -> fromPrimitive(primitive);
      case GroupResource group -> fromGroup(group);
      case CloneResource clone -> {
        addAll(own(clone));
        fromParent(clone);
      }
      case BundleResource bundle -> fromBundle(bundle);
    }
  }

  private void fromParent(PolicyResource resource) {
    if (resource.parent != null) {
      from(resource.parent);
    }
  }

  private void fromPrimitive(PrimitiveResource primitive) {
    if (primitive == subject) {
      addAll(own(primitive));
      fromParent(primitive);
      return;
    }
    for (ColocationRule rule : own(primitive)) {
      if (rule.configured()) {
        add(rule);
      }
    }
  }

  private void fromGroup(GroupResource group) {
    if (group.members.isEmpty()) {
      return;
    }
    PrimitiveResource speaker = forward ? firstManaged(group) : group.members.getLast();
    if (subject == group
        || subject == speaker
        || (forward && subject == group.members.getFirst())) {
      addAll(own(group));
      fromParent(group);
      if (group.collocated) {
        for (PrimitiveResource member : group.members) {
          if (member != subject) {
            from(member);
          }
        }
      }
    }
  }

  /** Members in front that are left alone cannot speak for the rest. */
  private static PrimitiveResource firstManaged(GroupResource group) {
    for (PrimitiveResource member : group.members) {
      if (member.managed) {
        return member;
      }
    }
    return group.members.getFirst();
  }

  private void fromBundle(BundleResource bundle) {
    if (subject == bundle || isContainer(bundle, subject)) {
      addAll(own(bundle));
    } else if (bundle.child != null
        && bundle.child.promotable
        && bundle.child.choosingRoles
        && (subject == bundle.child || subject.parent == bundle.child)) {
      addAll(own(bundle));
    }
  }

  private static boolean isContainer(BundleResource bundle, PolicyResource resource) {
    if (resource.parent != bundle) {
      return false;
    }
    for (BundleResource.Replica replica : bundle.replicas) {
      if (replica.container() == resource) {
        return true;
      }
    }
    return false;
  }

  private List<ColocationRule> own(PolicyResource resource) {
    return forward ? resource.withOthers : resource.othersWith;
  }

  private void addAll(List<ColocationRule> rules) {
    if (found.isEmpty()) {
      found = new ArrayList<>(rules);
      return;
    }
    for (ColocationRule rule : rules) {
      add(rule);
    }
  }

  private void add(ColocationRule rule) {
    insert(found, rule, forward);
  }

  /** Enters a rule in its place; equal ones keep their order. */
  static void insert(List<ColocationRule> list, ColocationRule rule, boolean forward) {
    int place = 0;
    while (place < list.size() && compare(list.get(place), rule, forward) <= 0) {
      place++;
    }
    list.add(place, rule);
  }

  private static int compare(ColocationRule a, ColocationRule b, boolean forward) {
    PolicyResource one = forward ? a.primary() : a.dependent();
    PolicyResource two = forward ? b.primary() : b.dependent();
    if (one.priority != two.priority) {
      return Integer.compare(two.priority, one.priority);
    }
    if (rank(one) != rank(two)) {
      return Integer.compare(rank(two), rank(one));
    }
    int byName = one.id.compareTo(two.id);
    return byName != 0 ? byName : a.id().compareTo(b.id());
  }

  /** Kinds of resources from the least to the most entangled. */
  private static int rank(PolicyResource resource) {
    return switch (resource) {
      case PrimitiveResource _ -> 0;
      case GroupResource _ -> 1;
      case CloneResource clone -> clone.promotable ? 3 : 2;
      case BundleResource _ -> 4;
    };
  }
}
