package org.ringward.core.cib;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.ringward.core.config.Nearest;

/** Constraints: what they name exists, what they say is allowed. */
final class ConstraintChecks {
  private static final Option SCORE = Option.score("score", null, "");
  private static final Option KIND =
      Option.choice("kind", null, "Mandatory Optional Serialize", "");
  private static final Option ACTION =
      Option.choice("action", null, "start stop promote demote", "");
  private static final Option ROLE = Option.choice("role", null, ResourceOptions.ROLES, "");
  private static final Option DISCOVERY =
      Option.choice("resource-discovery", null, "always never exclusive", "");
  private static final Option LOSS =
      Option.choice("loss-policy", null, "stop demote fence freeze", "");
  private static final Option TRUTH = Option.trueFalse("symmetrical", null, "");

  private final Configuration configuration;
  private final KnownNodes nodes;
  private final FindingList findings;
  private final OptionChecks options;
  private final Set<String> resources = new LinkedHashSet<>();
  private final Set<String> tags = new LinkedHashSet<>();

  ConstraintChecks(Configuration configuration, KnownNodes nodes, FindingList findings) {
    this.configuration = configuration;
    this.nodes = nodes;
    this.findings = findings;
    this.options = new OptionChecks(findings);
    configuration.resources().forEach(each -> resourceIds(CibWriter.element(each)));
    for (Element section : configuration.others()) {
      if (section.name().equals("tags")) {
        section.children().forEach(tag -> tags.add(tag.attributes().get("id", "")));
      }
    }
  }

  private void resourceIds(Element element) {
    switch (element.name()) {
      case "primitive", "group", "clone", "master", "bundle", "template" ->
          resources.add(element.attributes().get("id", ""));
      default -> {}
    }
    element.children().forEach(this::resourceIds);
  }

  void check() {
    for (Constraint constraint : configuration.constraints()) {
      switch (constraint) {
        case Location it -> location(it);
        case Colocation it -> colocation(it);
        case Order it -> order(it);
        case TicketConstraint it -> ticket(it);
        case OtherConstraint it -> other(it.element());
      }
    }
  }

  private void other(Element element) {
    findings.error(
        element,
        "<"
            + element.name()
            + "> is no kind of constraint; allowed: rsc_location, rsc_colocation, rsc_order,"
            + " rsc_ticket");
  }

  private void location(Location location) {
    Attributes where = location.attributes();
    String key = "location " + location.id();
    boolean sets = sets(key, location.others());
    if (where.has("rsc-pattern")) {
      pattern(where, key);
    } else if (!sets) {
      resource(where, key, "rsc");
    }
    value(where, key, "role", ROLE);
    value(where, key, "resource-discovery", DISCOVERY);
    if (location.others().stream().anyMatch(each -> each.name().equals("rule"))) {
      return;
    }
    if (!where.has("node")) {
      findings.error(where, key, key + " names no node and has no rule");
    }
    if (!where.has("score")) {
      findings.error(where, key, key + " has no score; allowed: " + SCORE.type().range());
    }
    nodes.check(where.get("node"), where, key, findings);
    value(where, key, "score", SCORE);
  }

  private void pattern(Attributes where, String key) {
    String pattern = where.get("rsc-pattern", "");
    String regex = pattern.startsWith("!") ? pattern.substring(1) : pattern;
    try {
      if (resources.stream().noneMatch(Pattern.compile(regex).asPredicate())) {
        findings.warning(where, key, key + ": no resource matches rsc-pattern " + pattern);
      }
    } catch (PatternSyntaxException e) {
      findings.error(
          where, key, "rsc-pattern of " + key + " is no regular expression: " + e.getDescription());
    }
  }

  private void colocation(Colocation colocation) {
    Attributes where = colocation.attributes();
    String key = "colocation " + colocation.id();
    if (!sets(key, colocation.others())) {
      resource(where, key, "rsc");
      resource(where, key, "with-rsc");
      different(where, key, "rsc", "with-rsc");
    }
    value(where, key, "score", SCORE);
    value(where, key, "rsc-role", ROLE);
    value(where, key, "with-rsc-role", ROLE);
    value(where, key, "influence", TRUTH);
    roles(where, key, "rsc", "rsc-role");
    roles(where, key, "with-rsc", "with-rsc-role");
  }

  private void order(Order order) {
    Attributes where = order.attributes();
    String key = "order " + order.id();
    if (!sets(key, order.others())) {
      resource(where, key, "first");
      resource(where, key, "then");
      different(where, key, "first", "then");
    }
    value(where, key, "kind", KIND);
    value(where, key, "score", SCORE);
    value(where, key, "first-action", ACTION);
    value(where, key, "then-action", ACTION);
    value(where, key, "symmetrical", TRUTH);
    value(where, key, "require-all", TRUTH);
    actions(where, key, "first");
    actions(where, key, "then");
  }

  private void ticket(TicketConstraint ticket) {
    Attributes where = ticket.attributes();
    String key = "ticket constraint " + ticket.id();
    if (!sets(key, ticket.others())) {
      resource(where, key, "rsc");
    }
    if (where.get("ticket", "").isEmpty()) {
      findings.error(where, key, key + " names no ticket");
    }
    value(where, key, "rsc-role", ROLE);
    value(where, key, "loss-policy", LOSS);
    roles(where, key, "rsc", "rsc-role");
  }

  /** Whether the constraint says with resource sets what it is about; checks them. */
  private boolean sets(String key, List<Element> others) {
    boolean found = false;
    for (Element set : others) {
      if (set.name().equals("resource_set")) {
        found = true;
        if (!set.attributes().has("id-ref")) {
          set(key, set);
        }
      }
    }
    return found;
  }

  private void set(String constraint, Element set) {
    Attributes where = set.attributes();
    String key = "resource_set " + where.get("id", "") + " of " + constraint;
    value(where, key, "sequential", TRUTH);
    value(where, key, "require-all", TRUTH);
    value(where, key, "action", ACTION);
    value(where, key, "role", ROLE);
    value(where, key, "score", SCORE);
    value(where, key, "kind", KIND);
    boolean any = false;
    for (Element reference : set.children()) {
      if (reference.name().equals("resource_ref")) {
        any = true;
        named(reference.attributes(), key, reference.attributes().get("id", ""));
      }
    }
    if (!any) {
      findings.error(set, key + " names no resource");
    }
  }

  /** A role that the resource never has makes a constraint that never applies. */
  private void roles(Attributes where, String key, String resource, String role) {
    String wanted = where.get(role, "");
    boolean two =
        List.of("promoted", "unpromoted", "master", "slave")
            .contains(wanted.toLowerCase(Locale.ROOT));
    if (two && isPlain(where.get(resource))) {
      findings.warning(
          where,
          key,
          key
              + " asks for the role "
              + wanted
              + " of "
              + where.get(resource)
              + ", which is not promotable: it never applies");
    }
  }

  private void actions(Attributes where, String key, String resource) {
    String action = where.get(resource + "-action", "");
    if ((action.equals("promote") || action.equals("demote")) && isPlain(where.get(resource))) {
      findings.warning(
          where,
          key,
          key
              + " is about "
              + action
              + " of "
              + where.get(resource)
              + ", which is not promotable: it never applies");
    }
  }

  /** Whether it certainly has one role only. */
  private boolean isPlain(@Nullable String id) {
    for (Resource each : configuration.resources()) {
      boolean here = id != null && contains(each, id);
      switch (each) {
        case Clone clone when here -> {
          return !clone.promotable() && clone.sets().stream().noneMatch(AttributeSet::hasRule);
        }
        case Bundle _ when here -> {
          return false;
        }
        case Template _ when here -> {
          return false;
        }
        default -> {
          if (here) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static boolean contains(Resource resource, String id) {
    return resource.id().equals(id)
        || resource.inner().stream().anyMatch(inner -> contains(inner, id));
  }

  private void value(Attributes where, String key, String name, Option option) {
    String value = where.get(name);
    if (value != null) {
      options.value(option, name + " of " + key, value, where);
    }
  }

  private void different(Attributes where, String key, String one, String other) {
    String name = where.get(one);
    if (name != null && name.equals(where.get(other))) {
      findings.error(where, key, key + " names " + name + " as " + one + " and as " + other);
    }
  }

  private void resource(Attributes where, String key, String attribute) {
    String name = where.get(attribute);
    if (name == null) {
      findings.error(where, key, key + " has no " + attribute);
    } else {
      named(where, key, name);
    }
  }

  private void named(Attributes where, String key, String name) {
    if (!resources.contains(name) && !tags.contains(name)) {
      findings.error(
          where, key, key + " names the resource " + name + ", which does not exist" + hint(name));
    }
  }

  private String hint(String name) {
    @Nullable String nearest = Nearest.of(name, new ArrayList<>(resources));
    return nearest == null ? "" : ", did you mean " + nearest + "?";
  }
}
