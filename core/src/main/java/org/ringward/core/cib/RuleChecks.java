package org.ringward.core.cib;

import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Rules: known parts, operations and types, readable dates, references to rules that exist. */
final class RuleChecks {
  private static final Option BOOLEAN = Option.choice("boolean-op", null, "and or", "");
  private static final Option ROLE = Option.choice("role", null, ResourceOptions.ROLES, "");
  private static final Option SCORE = Option.score("score", null, "");
  private static final Option OPERATION =
      Option.choice("operation", null, "lt lte gt gte eq ne defined not_defined", "");
  private static final Option TYPE =
      Option.choice("type", null, "string integer number version", "");
  private static final Option SOURCE =
      Option.choice("value-source", null, "literal param meta", "");
  private static final Option DATE_OPERATION =
      Option.choice("operation", null, "gt lt in_range date_spec", "");
  private static final Option INTERVAL = Option.time("interval", null, "");
  private static final Option COUNT = Option.whole("", 0, null, "");
  private static final Pattern RANGE = Pattern.compile("\\d+(-\\d*)?|-\\d+");
  private static final List<String> PARTS =
      List.of("rule", "expression", "date_expression", "rsc_expression", "op_expression");
  private static final List<String> SPEC =
      List.of(
          "seconds",
          "minutes",
          "hours",
          "monthdays",
          "weekdays",
          "yearsdays",
          "months",
          "weeks",
          "years",
          "weekyears");
  private static final List<String> DURATION =
      List.of("seconds", "minutes", "hours", "days", "weeks", "months", "years");

  private final FindingList findings;
  private final OptionChecks options;

  /** The names of elements by their ids. */
  private final Map<String, String> ids = new LinkedHashMap<>();

  RuleChecks(Configuration configuration, FindingList findings) {
    this.findings = findings;
    this.options = new OptionChecks(findings);
    collect(CibWriter.element(configuration));
  }

  private void collect(Element element) {
    String id = element.attributes().get("id");
    if (id != null) {
      ids.putIfAbsent(id, element.name());
    }
    element.children().forEach(this::collect);
  }

  /** All rules in the element, at any depth, and all references to other elements. */
  void check(Element whole) {
    visit(whole);
    Map<String, Map<String, String>> references = new TreeMap<>();
    references(whole, "", references);
    List<String> circle = Circle.in(references);
    if (!circle.isEmpty()) {
      findings.error(
          Attributes.NONE,
          "rule " + circle.getFirst(),
          "rules refer to each other in a circle: " + String.join(", to ", circle));
    }
  }

  private static void references(
      Element element, String within, Map<String, Map<String, String>> references) {
    String inner = within;
    if (element.name().equals("rule")) {
      String reference = element.attributes().get("id-ref");
      inner = element.attributes().get("id", "");
      String target = reference == null ? inner : reference;
      if (!within.isEmpty() && !target.isEmpty()) {
        references.computeIfAbsent(within, _ -> new TreeMap<>()).putIfAbsent(target, "");
      }
    }
    for (Element child : element.children()) {
      references(child, inner, references);
    }
  }

  private void visit(Element element) {
    if (element.name().equals("rule")) {
      rule(element, "rule " + element.attributes().get("id", ""));
      return;
    }
    reference(element);
    element.children().forEach(this::visit);
  }

  private void reference(Element element) {
    String name = element.attributes().get("id-ref");
    if (name == null) {
      return;
    }
    String found = ids.get(name);
    if (!element.name().equals(found)) {
      findings.error(
          element,
          "<"
              + element.name()
              + "> refers to "
              + name
              + ", which "
              + (found == null
                  ? "does not exist"
                  : "is no <" + element.name() + ">" + " but <" + found + ">"));
    }
  }

  private void rule(Element rule, String key) {
    if (rule.attributes().has("id-ref")) {
      reference(rule);
      return;
    }
    value(rule, key, BOOLEAN);
    value(rule, key, ROLE);
    value(rule, key, SCORE);
    if (rule.children().isEmpty()) {
      findings.warning(rule, key + " has no expression; it always holds");
    }
    for (Element part : rule.children()) {
      switch (part.name()) {
        case "rule" -> rule(part, "rule " + part.attributes().get("id", ""));
        case "expression" -> expression(part, key);
        case "date_expression" -> date(part, key);
        case "rsc_expression" -> {}
        case "op_expression" -> operation(part, key);
        default ->
            findings.error(
                part,
                "<" + part.name() + "> is no part of a rule; allowed: " + String.join(", ", PARTS));
      }
    }
  }

  private void expression(Element expression, String key) {
    Attributes attributes = expression.attributes();
    String where = "an expression of " + key;
    if (!attributes.has("attribute")) {
      findings.error(expression, where + " has no attribute");
    }
    required(expression, where, OPERATION);
    value(expression, where, TYPE);
    value(expression, where, SOURCE);
    boolean asks = attributes.get("operation", "").endsWith("defined");
    if (!asks && !attributes.has("value")) {
      findings.error(expression, where + " has no value to compare with");
    }
  }

  private void operation(Element expression, String key) {
    String where = "an op_expression of " + key;
    if (!expression.attributes().has("name")) {
      findings.error(expression, where + " has no name");
    }
    value(expression, where, INTERVAL);
  }

  private void date(Element expression, String key) {
    String where = "a date_expression of " + key;
    value(expression, where, DATE_OPERATION);
    point(expression, where, "start");
    point(expression, where, "end");
    Attributes attributes = expression.attributes();
    boolean start = attributes.has("start");
    boolean end = attributes.has("end");
    String missing =
        switch (attributes.get("operation", "in_range")) {
          case "gt" -> start ? "" : "start";
          case "lt" -> end ? "" : "end";
          case "in_range" -> start || end ? "" : "start or end";
          case "date_spec" ->
              expression.children().stream().anyMatch(e -> e.name().equals("date_spec"))
                  ? ""
                  : "date_spec";
          default -> "";
        };
    if (!missing.isEmpty()) {
      findings.error(expression, where + " has no " + missing);
    }
    for (Element child : expression.children()) {
      fields(child, where);
    }
  }

  private void point(Element expression, String where, String name) {
    String text = expression.attributes().get(name);
    if (text != null && Dates.seconds(text, ZoneOffset.UTC, 0) == null) {
      findings.error(
          expression,
          name
              + " of "
              + where
              + " is \""
              + text
              + "\"; allowed: a date such as 2026-11-21T12:00Z");
    }
  }

  private void fields(Element part, String where) {
    boolean spec = part.name().equals("date_spec");
    if (!spec && !part.name().equals("duration")) {
      findings.error(part, "<" + part.name() + "> is no part of " + where);
      return;
    }
    List<String> known = spec ? SPEC : DURATION;
    for (Map.Entry<String, String> each : part.attributes().map().entrySet()) {
      String name = each.getKey();
      if (name.equals("id") || name.equals("id-ref")) {
        continue;
      }
      boolean right =
          spec ? RANGE.matcher(each.getValue()).matches() : COUNT.type().accepts(each.getValue());
      if (!known.contains(name)) {
        findings.error(
            part,
            part.name()
                + " of "
                + where
                + " has no field "
                + name
                + "; allowed: "
                + String.join(", ", known));
      } else if (!right) {
        findings.error(
            part,
            name
                + " of "
                + where
                + " is \""
                + each.getValue()
                + "\"; allowed: "
                + (spec ? "a number, or a range such as 9-16" : COUNT.type().range()));
      }
    }
  }

  private void required(Element element, String where, Option option) {
    if (!element.attributes().has(option.name())) {
      findings.error(
          element, where + " has no " + option.name() + "; allowed: " + option.type().range());
    }
    value(element, where, option);
  }

  private void value(Element element, String where, Option option) {
    String value = element.attributes().get(option.name());
    if (value != null) {
      options.value(option, option.name() + " of " + where, value, element.attributes());
    }
  }
}
