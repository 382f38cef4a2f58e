package org.ringward.core.policy.actions;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Element;
import org.ringward.core.policy.model.PlannedAction;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.Tasks;
import org.ringward.core.policy.model.Values;

/** An order constraint over resource sets: inside each set, and from each set to the next. */
final class OrderSets {
  private final Planning planning;
  private final OrderConstraints constraints;

  OrderSets(Planning planning, OrderConstraints constraints) {
    this.planning = planning;
    this.constraints = constraints;
  }

  private record ResourceSet(
      String id,
      List<PolicyResource> members,
      String action,
      boolean sequential,
      boolean requireAll,
      OrderConstraints.Kind kind,
      boolean symmetrical) {}

  void apply(Element order, List<Element> sets) {
    ResourceSet previous = null;
    for (Element element : sets) {
      ResourceSet set = read(order, element);
      if (set.sequential || set.kind == OrderConstraints.Kind.SERIALIZE) {
        inside(set);
      }
      if (previous != null) {
        between(previous, set, previous.action, set.action, set.symmetrical, false);
        if (set.symmetrical) {
          String first = OrderConstraints.inverse(set.action);
          String then = OrderConstraints.inverse(previous.action);
          if (first != null && then != null) {
            between(set, previous, first, then, true, true);
          }
        }
      }
      previous = set;
    }
  }

  private ResourceSet read(Element order, Element set) {
    List<PolicyResource> members = new ArrayList<>();
    for (Element child : set.children()) {
      if (child.name().equals("resource_ref")) {
        String id = child.attributes().get("id", "");
        List<String> named = constraints.named(id);
        for (String each : named == null ? List.of(id) : named) {
          PolicyResource resource = constraints.resource(order, each);
          if (resource != null) {
            members.add(resource);
          }
        }
      }
    }
    OrderConstraints.Kind kind = OrderConstraints.kind(order, set);
    return new ResourceSet(
        set.attributes().get("id", ""),
        members,
        set.attributes().get("action", Tasks.START),
        Values.truth(set.attributes().get("sequential"), true),
        Values.truth(set.attributes().get("require-all"), true),
        kind,
        OrderConstraints.symmetrical(order, kind, set));
  }

  private void inside(ResourceSet set) {
    for (int i = 1; i < set.members.size(); i++) {
      PolicyResource first = set.members.get(i - 1);
      PolicyResource then = set.members.get(i);
      if (set.kind == OrderConstraints.Kind.SERIALIZE) {
        for (int j = 0; j < i; j++) {
          constraints.order(set.members.get(j), set.action, then, set.action, Flags.ORDERED);
        }
        continue;
      }
      constraints.order(
          first,
          set.action,
          then,
          set.action,
          OrderConstraints.forwardFlags(set.action, set.kind, set.symmetrical));
      @Nullable String inverse = OrderConstraints.inverse(set.action);
      if (set.symmetrical && inverse != null) {
        constraints.order(then, inverse, first, inverse, backFlags(set.kind));
      }
    }
  }

  private static int backFlags(OrderConstraints.Kind kind) {
    return kind == OrderConstraints.Kind.MANDATORY ? Flags.THEN_IMPLIES_FIRST : Flags.ORDERED;
  }

  private void between(
      ResourceSet first,
      ResourceSet then,
      String firstAction,
      String thenAction,
      boolean symmetrical,
      boolean back) {
    OrderConstraints.Kind kind = back ? first.kind : then.kind;
    int flags =
        back ? backFlags(kind) : OrderConstraints.forwardFlags(firstAction, kind, symmetrical);
    if (!first.requireAll && !back) {
      anyOf(first, then, firstAction, thenAction);
      return;
    }
    for (PolicyResource one : ends(first, !back)) {
      for (PolicyResource other : ends(then, back)) {
        constraints.order(one, firstAction, other, thenAction, flags);
      }
    }
  }

  /** Of a sequential set the last, or first, member speaks for all. */
  private static List<PolicyResource> ends(ResourceSet set, boolean last) {
    if (!set.sequential || set.members.isEmpty()) {
      return set.members;
    }
    return List.of(last ? set.members.getLast() : set.members.getFirst());
  }

  /** One of the first set is enough for the second. */
  private void anyOf(ResourceSet first, ResourceSet then, String firstAction, String thenAction) {
    PlannedAction any = planning.maker.pseudo("one-or-more:" + first.id);
    any.requiresAny = true;
    any.requiredBefore = 1;
    for (PolicyResource one : first.members) {
      planning.orderings.order(
          one,
          CollectiveActions.end(one, firstAction),
          any,
          Flags.ONE_OR_MORE | Flags.FIRST_IMPLIES_THEN);
    }
    for (PolicyResource other : then.members) {
      planning.orderings.order(
          any,
          other,
          thenAction,
          Flags.FIRST_IMPLIES_THEN | Flags.UNRUNNABLE_FIRST_BLOCKS | Flags.AFTER_PROBES);
    }
  }
}
