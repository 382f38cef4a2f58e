package org.ringward.core.cib;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Ids for what people left without one, in the style of pcs: made of what the element says, with a
 * number at the end when that is taken. The same file gives the same ids.
 */
final class IdFactory {
  private final Set<String> taken = new LinkedHashSet<>();

  /** Marks an id that was given. */
  void take(String id) {
    taken.add(id);
  }

  /** An id that nothing else has. */
  String make(String wanted) {
    String base = Ids.of(wanted);
    String id = base;
    for (int number = 1; !taken.add(id); number++) {
      id = base + "-" + number;
    }
    return id;
  }

  static String operation(String resource, Attributes operation) {
    return resource
        + "-"
        + operation.get("name", "")
        + "-interval-"
        + operation.get("interval", "0s");
  }

  static String location(Attributes location) {
    return "location-"
        + location.get("rsc", "")
        + "-"
        + location.get("node", "")
        + "-"
        + location.get("score", "");
  }

  static String colocation(Attributes colocation) {
    return "colocation-"
        + colocation.get("rsc", "")
        + "-"
        + colocation.get("with-rsc", "")
        + "-"
        + colocation.get("score", "INFINITY");
  }

  static String order(Attributes order) {
    return "order-"
        + order.get("first", "")
        + "-"
        + order.get("then", "")
        + "-"
        + order.get("kind", "mandatory");
  }

  static String ticket(Attributes ticket) {
    return "ticket-" + ticket.get("ticket", "") + "-" + ticket.get("rsc", "");
  }

  static String level(Attributes level) {
    String target =
        level.get(
            "target",
            level.get(
                "target-pattern",
                level.get("target-attribute", "") + "-" + level.get("target-value", "")));
    return "fl-" + target + "-" + level.get("index", "");
  }
}
