package org.ringward.core.cib;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Circles of mandatory colocations: each resource waits for the other to be placed first. */
final class ColocationCircles {
  private ColocationCircles() {}

  /** Reports one circle, if there is any: the scheduler leaves one of its constraints aside. */
  static void find(Configuration configuration, FindingList findings) {
    Map<String, Map<String, String>> with = new TreeMap<>();
    Map<String, Attributes> places = new TreeMap<>();
    for (Constraint constraint : configuration.constraints()) {
      if (constraint instanceof Colocation colocation) {
        Attributes a = colocation.attributes();
        String primary = a.get("with-rsc", "");
        boolean mandatory = Score.parse(a.get("score", "INFINITY")).orElse(0) >= Score.INFINITY;
        if (mandatory && a.has("rsc") && !primary.isEmpty()) {
          places.put(colocation.id(), a);
          with.computeIfAbsent(a.get("rsc", ""), _ -> new TreeMap<>())
              .putIfAbsent(primary, colocation.id());
        }
      }
    }
    List<String> circle = Circle.in(with);
    if (circle.size() > 2) {
      String last =
          with.getOrDefault(circle.get(circle.size() - 2), Map.of())
              .getOrDefault(circle.getLast(), "");
      findings.warning(
          places.getOrDefault(last, Attributes.NONE),
          "colocation " + last,
          "mandatory colocations make a circle: " + String.join(", with ", circle));
    }
  }
}
