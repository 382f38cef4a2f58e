package org.ringward.core.policy.placement;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import org.ringward.core.policy.model.ClusterOptions;
import org.ringward.core.policy.model.LocationPreference;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.Scores;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.model.Values;

/** node-health-strategy: what the attributes that begin with #health mean for all resources. */
final class NodeHealth {
  private NodeHealth() {}

  /** What the three colours count under a strategy. */
  private record Colours(int base, int green, int yellow, int red) {}

  static void apply(Situation situation) {
    ClusterOptions options = situation.options;
    String strategy = options.nodeHealthStrategy.toLowerCase(Locale.ROOT);
    Colours colours =
        switch (strategy) {
          case "migrate-on-red" -> new Colours(0, 0, 0, -Scores.INFINITY);
          case "only-green" -> new Colours(0, 0, -Scores.INFINITY, -Scores.INFINITY);
          case "progressive" ->
              new Colours(
                  options.nodeHealthBase,
                  options.nodeHealthGreen,
                  options.nodeHealthYellow,
                  options.nodeHealthRed);
          case "custom" ->
              new Colours(
                  0, options.nodeHealthGreen, options.nodeHealthYellow, options.nodeHealthRed);
          default -> null;
        };
    if (colours == null) {
      return;
    }
    for (PolicyNode node : situation.nodes) {
      int health = health(node, colours);
      if (health != 0) {
        apply(situation, node, health, strategy);
      }
    }
  }

  private static int health(PolicyNode node, Colours colours) {
    int health = colours.base;
    for (Map.Entry<String, String> entry : node.attributes.entrySet()) {
      if (entry.getKey().startsWith("#health")) {
        health = Scores.add(health, value(entry.getValue(), colours));
      }
    }
    return health;
  }

  private static int value(String text, Colours colours) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "green" -> colours.green;
      case "yellow" -> colours.yellow;
      case "red" -> colours.red;
      default -> Values.score(text, 0);
    };
  }

  private static void apply(Situation situation, PolicyNode node, int health, String strategy) {
    for (PolicyResource resource : situation.resources) {
      boolean immune = health < 0 && Values.truth(resource.meta("allow-unhealthy-nodes"), false);
      if (!immune) {
        LocationPreference preference =
            new LocationPreference(
                strategy, Role.UNKNOWN, Collections.singletonMap(node, health), Sources.HEALTH);
        resource.locations.add(preference);
        Preferences.add(situation, resource, preference, null);
      }
    }
  }
}
