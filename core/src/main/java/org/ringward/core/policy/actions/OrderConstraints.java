package org.ringward.core.policy.actions;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Attributes;
import org.ringward.core.cib.Element;
import org.ringward.core.policy.model.BundleResource;
import org.ringward.core.policy.model.CloneResource;
import org.ringward.core.policy.model.PlannedAction;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.Scores;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.model.Tasks;
import org.ringward.core.policy.model.Values;

/** rsc_order: which action of which resource comes first, of single resources and of sets. */
final class OrderConstraints {
  private final Situation situation;
  private final Orderings orderings;
  private final Planning planning;

  OrderConstraints(Planning planning) {
    this.planning = planning;
    this.situation = planning.situation;
    this.orderings = planning.orderings;
  }

  /** How strong an ordering is. */
  enum Kind {
    MANDATORY,
    OPTIONAL,
    SERIALIZE
  }

  /** One end of an ordering. */
  record End(PolicyResource resource, String action, int cloneMin) {}

  void apply() {
    for (Element section : situation.configuration.children()) {
      if (section.name().equals("constraints")) {
        for (Element constraint : section.children()) {
          if (constraint.name().equals("rsc_order")) {
            apply(constraint);
          }
        }
      }
    }
  }

  private void apply(Element order) {
    List<Element> sets = new ArrayList<>();
    for (Element child : order.children()) {
      if (child.name().equals("resource_set")) {
        Element set = planning.facts.rules().resolve(child);
        if (set != null) {
          sets.add(set);
        }
      }
    }
    if (sets.isEmpty()) {
      simple(order);
    } else {
      new OrderSets(planning, this).apply(order, sets);
    }
  }

  private void simple(Element order) {
    Attributes attributes = order.attributes();
    String first = attributes.get("first", "");
    String then = attributes.get("then", "");
    String firstAction = attributes.get("first-action", Tasks.START);
    String thenAction = attributes.get("then-action", firstAction);
    List<String> firsts = named(first);
    List<String> thens = named(then);
    Kind kind = kind(order, null);
    boolean symmetrical = symmetrical(order, kind, null);
    if (firsts == null && thens == null) {
      pair(order, first, firstAction, then, thenAction, kind, symmetrical);
      return;
    }
    // A template or tag stands for all its resources, without an order among them.
    List<String> left = firsts == null ? List.of(first) : firsts;
    List<String> right = thens == null ? List.of(then) : thens;
    if (kind == Kind.SERIALIZE) {
      within(order, left, firstAction);
      within(order, right, thenAction);
    }
    for (String one : left) {
      for (String other : right) {
        pair(order, one, firstAction, other, thenAction, kind, symmetrical);
      }
    }
  }

  /** What a template or tag stands for goes one by one too. */
  private void within(Element order, List<String> ids, String action) {
    for (int i = 1; i < ids.size(); i++) {
      PolicyResource then = resource(order, ids.get(i));
      for (int j = 0; j < i; j++) {
        PolicyResource first = resource(order, ids.get(j));
        if (first != null && then != null) {
          order(first, action, then, action, Flags.ORDERED);
        }
      }
    }
  }

  /** The resources behind a template or tag, null when the name is neither. */
  @Nullable List<String> named(String id) {
    if (situation.resource(id) != null) {
      return null;
    }
    List<String> found = situation.templates.get(id);
    return found != null ? found : situation.tags.get(id);
  }

  private void pair(
      Element order,
      String first,
      String firstAction,
      String then,
      String thenAction,
      Kind kind,
      boolean symmetrical) {
    PolicyResource one = resource(order, first);
    PolicyResource other = resource(order, then);
    if (one == null || other == null || one == other) {
      return;
    }
    int cloneMin = one instanceof CloneResource clone ? clone.cloneMin : 0;
    boolean requireAll = Values.truth(order.attributes().get("require-all"), true);
    if (!requireAll && one instanceof CloneResource) {
      cloneMin = Math.max(1, cloneMin);
    }
    asked(
        order.attributes().get("id", ""),
        new End(one, firstAction, cloneMin),
        new End(other, thenAction, 0),
        kind,
        symmetrical);
  }

  void asked(String id, End first, End then, Kind kind, boolean symmetrical) {
    if (kind == Kind.SERIALIZE) {
      serialize(first.resource, then.resource);
      return;
    }
    forward(id, first, then, kind, symmetrical);
    if (!symmetrical) {
      return;
    }
    String inverseFirst = inverse(then.action);
    String inverseThen = inverse(first.action);
    if (inverseFirst != null && inverseThen != null) {
      // Of what needs only some, one may go without the other.
      boolean implied = kind == Kind.MANDATORY && first.cloneMin == 0;
      int flags = implied ? Flags.THEN_IMPLIES_FIRST : Flags.ORDERED;
      order(then.resource, inverseFirst, first.resource, inverseThen, flags);
    }
  }

  private void forward(String id, End first, End then, Kind kind, boolean symmetrical) {
    int flags = forwardFlags(first.action, kind, symmetrical);
    boolean some =
        first.cloneMin > 0
            && (first.action.equals(Tasks.START) || first.action.equals(Tasks.PROMOTE));
    if (some && kind == Kind.MANDATORY) {
      cloneMin(id, first, then, flags);
    } else {
      order(first.resource, first.action, then.resource, then.action, flags);
    }
  }

  static int forwardFlags(String firstAction, Kind kind, boolean symmetrical) {
    if (kind != Kind.MANDATORY) {
      return Flags.ORDERED;
    }
    if (!symmetrical) {
      return Flags.ASYMMETRIC;
    }
    boolean up = firstAction.equals(Tasks.START) || firstAction.equals(Tasks.PROMOTE);
    return up ? Flags.FIRST_IMPLIES_THEN | Flags.UNRUNNABLE_FIRST_BLOCKS : Flags.FIRST_IMPLIES_THEN;
  }

  /** Then waits until that many instances of first are up. */
  private void cloneMin(String id, End first, End then, int flags) {
    PlannedAction enough = planning.maker.pseudo("clone-one-or-more:" + id);
    enough.requiredBefore = first.cloneMin;
    enough.requiresAny = true;
    for (PolicyResource instance : ((CloneResource) first.resource).instances) {
      orderings.order(
          instance,
          CollectiveActions.end(instance, first.action),
          enough,
          Flags.ONE_OR_MORE | Flags.FIRST_IMPLIES_THEN);
    }
    orderings.order(
        enough,
        then.resource,
        then.action,
        (flags & ~Flags.FIRST_IMPLIES_THEN) | Flags.UNRUNNABLE_FIRST_BLOCKS | Flags.AFTER_PROBES);
  }

  static Kind kind(Element order, @Nullable Element set) {
    String text = set == null ? null : set.attributes().get("kind");
    if (text == null) {
      text = order.attributes().get("kind");
    }
    if (text == null) {
      String score = order.attributes().get("score");
      return Values.score(score, Scores.INFINITY) == 0 ? Kind.OPTIONAL : Kind.MANDATORY;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "optional" -> Kind.OPTIONAL;
      case "serialize" -> Kind.SERIALIZE;
      default -> Kind.MANDATORY;
    };
  }

  static boolean isMandatory(Element order) {
    return kind(order, null) == Kind.MANDATORY;
  }

  static boolean symmetrical(Element order, Kind kind, @Nullable Element set) {
    String text = set == null ? null : set.attributes().get("symmetrical");
    if (text == null) {
      text = order.attributes().get("symmetrical");
    }
    return kind != Kind.SERIALIZE && Values.truth(text, true);
  }

  static @Nullable String inverse(String action) {
    return switch (action) {
      case Tasks.START -> Tasks.STOP;
      case Tasks.STOP -> Tasks.START;
      case Tasks.PROMOTE -> Tasks.DEMOTE;
      case Tasks.DEMOTE -> Tasks.PROMOTE;
      default -> null;
    };
  }

  /** Whatever the two do, they do it one after the other. */
  private void serialize(PolicyResource first, PolicyResource then) {
    order(first, Tasks.START, then, Tasks.START, Flags.ORDERED);
  }

  @Nullable PolicyResource resource(Element order, String id) {
    PolicyResource resource = situation.resource(id);
    if (resource == null) {
      situation.notes.add(
          "error: Constraint "
              + order.attributes().get("id", "")
              + ": no resource found for "
              + id);
    }
    return resource;
  }

  /** Orders a task of one resource, as it is complete, before a task of another. */
  void order(
      PolicyResource first, String firstTask, PolicyResource then, String thenTask, int flags) {
    if (first instanceof BundleResource && Values.truth(first.meta("notify"), false)) {
      // Only what it bundles knows when everybody was told of the end.
      if (flags != Flags.ORDERED) {
        orderings.order(first, firstTask, then, thenTask, flags | Flags.AFTER_PROBES);
      }
      return;
    }
    orderings.order(
        first, CollectiveActions.end(first, firstTask), then, thenTask, flags | Flags.AFTER_PROBES);
  }
}
