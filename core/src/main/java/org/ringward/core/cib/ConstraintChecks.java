package org.ringward.core.cib;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
        case OtherConstraint it -> other(it.element());
      }
    }
  }

  private void other(Element element) {
    findings.error(
        element,
        element.name().equals("rsc_ticket")
            ? Names.of(element) + ": this version does not run tickets yet"
            : "<"
                + element.name()
                + "> is no kind of constraint; allowed: rsc_location,"
                + " rsc_colocation, rsc_order");
  }

  private void location(Location location) {
    Attributes where = location.attributes();
    String key = "location " + location.id();
    if (others(key, where, location.others())) {
      return;
    }
    if (where.has("rsc-pattern")) {
      findings.error(where, key, key + " has rsc-pattern; this version does not run these yet");
    } else {
      resource(where, key, "rsc");
    }
    if (!where.has("node")) {
      findings.error(where, key, key + " names no node");
    }
    if (!where.has("score")) {
      findings.error(where, key, key + " has no score; allowed: " + SCORE.type().range());
    }
    nodes.check(where.get("node"), where, key, findings);
    value(where, key, "score", SCORE);
    value(where, key, "role", ROLE);
    value(where, key, "resource-discovery", DISCOVERY);
  }

  private void colocation(Colocation colocation) {
    Attributes where = colocation.attributes();
    String key = "colocation " + colocation.id();
    if (others(key, where, colocation.others())) {
      return;
    }
    resource(where, key, "rsc");
    resource(where, key, "with-rsc");
    different(where, key, "rsc", "with-rsc");
    value(where, key, "score", SCORE);
    value(where, key, "rsc-role", ROLE);
    value(where, key, "with-rsc-role", ROLE);
    value(where, key, "influence", TRUTH);
  }

  private void order(Order order) {
    Attributes where = order.attributes();
    String key = "order " + order.id();
    if (others(key, where, order.others())) {
      return;
    }
    resource(where, key, "first");
    resource(where, key, "then");
    different(where, key, "first", "then");
    value(where, key, "kind", KIND);
    value(where, key, "score", SCORE);
    value(where, key, "first-action", ACTION);
    value(where, key, "then-action", ACTION);
    value(where, key, "symmetrical", TRUTH);
    value(where, key, "require-all", TRUTH);
  }

  /** Whether the constraint says with rules or sets what it is about. */
  private boolean others(String key, Attributes where, List<Element> others) {
    boolean found = false;
    for (Element each : others) {
      if (each.name().equals("rule") || each.name().equals("resource_set")) {
        String what = each.name().equals("rule") ? "rules" : "resource sets";
        findings.error(where, key, key + " has " + what + "; this version does not run these yet");
        found = true;
      }
    }
    if (where.has("lifetime") || others.stream().anyMatch(e -> e.name().equals("lifetime"))) {
      findings.error(where, key, key + " has a lifetime; this version does not run these yet");
    }
    return found;
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
    } else if (tags.contains(name)) {
      findings.error(
          where, key, key + " names the tag " + name + "; this version does not run tags" + " yet");
    } else if (!resources.contains(name)) {
      findings.error(
          where, key, key + " names the resource " + name + ", which does not exist" + hint(name));
    }
  }

  private String hint(String name) {
    @Nullable String nearest = Nearest.of(name, new ArrayList<>(resources));
    return nearest == null ? "" : ", did you mean " + nearest + "?";
  }
}
