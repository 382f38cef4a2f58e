package org.ringward.core.policy;

import java.util.Locale;
import org.ringward.core.cib.Constraint;
import org.ringward.core.cib.Element;
import org.ringward.core.cib.Location;

/** Chapter 5: rsc_location, how much a resource likes a node. */
final class LocationConstraints {
  private final Situation situation;

  private LocationConstraints(Situation situation) {
    this.situation = situation;
  }

  static void apply(Situation situation) {
    LocationConstraints chapter = new LocationConstraints(situation);
    for (Constraint constraint : situation.cib.configuration().constraints()) {
      if (constraint instanceof Location location) {
        chapter.apply(location);
      }
    }
  }

  private void apply(Location location) {
    String pattern = location.attributes().get("rsc-pattern");
    String id = location.attributes().get("rsc");
    if (pattern != null || id == null) {
      situation.warnings.add("location " + location.id() + ": sets and patterns are not built yet");
      return;
    }
    PolicyResource resource = situation.resourcesById.get(id);
    if (resource == null) {
      if (!situation.leftAside.contains(id)) {
        situation.warnings.add("location " + location.id() + ": there is no resource " + id);
      }
      return;
    }
    String role = location.attributes().get("role", "Started").toLowerCase(Locale.ROOT);
    if (!role.equals("started")) {
      // Promotion is a matter of kinds of resources that are not built yet.
      return;
    }
    String source = "location " + location.id();
    String nodeName = location.attributes().get("node");
    if (nodeName != null) {
      ClusterNode node = situation.nodeByName(nodeName);
      if (node != null) {
        resource.applyLocation(node, Values.score(location.attributes().get("score"), 0), source);
      }
    }
    for (Element rule : location.others()) {
      if (rule.name().equals("rule")) {
        rule(resource, location, rule, source);
      }
    }
  }

  private void rule(PolicyResource resource, Location location, Element rule, String source) {
    Element held = rule;
    String reference = rule.attributes().get("id-ref");
    if (reference != null) {
      held = referenced(reference);
      if (held == null) {
        situation.warnings.add("location " + location.id() + ": there is no rule " + reference);
        return;
      }
    }
    String attribute = held.attributes().get("score-attribute");
    String fixed = held.attributes().get("score", location.attributes().get("score", "0"));
    String role = held.attributes().get("role", "Started");
    if (!role.equalsIgnoreCase("started")) {
      return;
    }
    for (ClusterNode node : situation.nodes) {
      if (situation.rules.holds(held, node)) {
        String text = attribute == null ? fixed : node.attributes.get(attribute);
        if (text != null) {
          resource.applyLocation(node, Values.score(text, 0), source);
        }
      }
    }
  }

  private org.ringward.core.cib.@org.jspecify.annotations.Nullable Element referenced(String id) {
    for (Constraint constraint : situation.cib.configuration().constraints()) {
      if (constraint instanceof Location location) {
        for (Element rule : location.others()) {
          if (rule.name().equals("rule") && id.equals(rule.attributes().get("id"))) {
            return rule;
          }
        }
      }
    }
    return null;
  }
}
