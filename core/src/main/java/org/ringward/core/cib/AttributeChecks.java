package org.ringward.core.cib;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Node attributes that rules ask for and nobody sets, and those that agents measure and nobody asks
 * for: such a rule never applies, such a check never moves anything.
 */
final class AttributeChecks {
  private static final String HEALTH = "#health";

  /** What agents of the class ocf:pacemaker set, by type; of ping its parameter tells. */
  private static final List<String> SYSTEM =
      List.of(
          "arch",
          "os",
          "free_swap",
          "cpu_info",
          "cpu_speed",
          "cpu_cores",
          "cpu_load",
          "ram_total",
          "ram_free",
          "root_free",
          "#health_disk");

  private final Configuration configuration;
  private final FindingList findings;
  private final TreeSet<String> set = new TreeSet<>();
  private final TreeSet<String> asked = new TreeSet<>();

  /** Attributes with the agents that measure them. */
  private final Map<String, Primitive> measured = new TreeMap<>();

  private AttributeChecks(Configuration configuration, FindingList findings) {
    this.configuration = configuration;
    this.findings = findings;
  }

  static void check(Configuration configuration, FindingList findings) {
    AttributeChecks checks = new AttributeChecks(configuration, findings);
    checks.collect();
    Element whole = CibWriter.element(configuration);
    checks.expressions(whole);
    checks.measurements();
  }

  private void collect() {
    for (NodeEntry node : configuration.nodes()) {
      for (AttributeSet each : node.sets()) {
        each.pairs().forEach(pair -> set.add(pair.name()));
      }
    }
    for (Primitive written : configuration.primitives()) {
      Primitive primitive = configuration.effective(written);
      switch (primitive.type()) {
        case "ping", "pingd" -> {
          String name = primitive.parameter("name");
          measured.put(name == null ? "pingd" : name, written);
        }
        case "attribute" -> {
          String name = primitive.parameter("name");
          set.add(name == null ? "opa-" + primitive.id() : name);
        }
        case "SysInfo" -> set.addAll(SYSTEM);
        default -> {
          if (primitive.type().startsWith("Health")) {
            String kind = primitive.type().substring("Health".length());
            measured.put("#health-" + kind.toLowerCase(Locale.ROOT), written);
          }
        }
      }
    }
    set.addAll(measured.keySet());
  }

  private void expressions(Element element) {
    String score = element.attributes().get("score-attribute");
    if (element.name().equals("rule") && score != null) {
      ask(element, score);
    }
    if (element.name().equals("expression")) {
      ask(element, element.attributes().get("attribute", ""));
    }
    element.children().forEach(this::expressions);
  }

  private void ask(Element where, String attribute) {
    asked.add(attribute);
    boolean known =
        attribute.isEmpty()
            || set.contains(attribute)
            || attribute.startsWith("#")
            || attribute.indexOf('%') >= 0
            || where.attributes().get("operation", "").equals("not_defined");
    if (!known && !mayBeAnAgents(attribute)) {
      findings.warning(
          where,
          "a rule asks for the node attribute "
              + attribute
              + ", which no node has and no agent here is known to set: unless something else sets"
              + " it, the rule never applies");
    }
  }

  /** Agents such as databases keep attributes that are named after themselves. */
  private boolean mayBeAnAgents(String attribute) {
    String lower = attribute.toLowerCase(Locale.ROOT);
    return configuration.primitives().stream()
        .anyMatch(each ->
            lower.contains(each.id().toLowerCase(Locale.ROOT))
                || (!each.type().isEmpty()
                    && lower.contains(each.type().toLowerCase(Locale.ROOT))));
  }

  private void measurements() {
    String strategy = configuration.property("node-health-strategy");
    boolean health = strategy != null && !strategy.equals("none");
    measured.forEach((attribute, primitive) -> {
      boolean used = asked.contains(attribute) || (attribute.startsWith(HEALTH) && health);
      if (!used) {
        findings.warning(
            primitive.attributes(),
            "primitive " + primitive.id(),
            "primitive "
                + primitive.id()
                + " measures the node attribute "
                + attribute
                + (attribute.startsWith(HEALTH)
                    ? ", but node-health-strategy is none: it can never move anything"
                    : ", but no rule asks for it: it can never move anything"));
      }
    });
  }
}
