package org.ringward.core.cib;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The moves and bans of operators that are in a configuration. */
public final class OperatorWishes {
  private OperatorWishes() {}

  /**
   * A move or a ban.
   *
   * @param kind move or ban
   * @param id of the constraint
   * @param author empty when it is not known
   * @param since as it is written, empty when it is not known
   * @param until as it is written, empty when it holds until it is cleared
   * @param over whether its end has passed
   */
  public record Line(
      String kind,
      String id,
      String resource,
      String node,
      String author,
      String reason,
      String since,
      String until,
      boolean over) {}

  /** In the order of the configuration. */
  public static List<Line> of(Configuration configuration, long nowSeconds) {
    List<Line> lines = new ArrayList<>();
    for (Constraint each : configuration.constraints()) {
      if (each instanceof Location location && CibEdits.isOfOperators(location)) {
        lines.add(line(location, nowSeconds));
      }
    }
    return lines;
  }

  private static Line line(Location location, long nowSeconds) {
    Attributes attributes = location.attributes();
    String node = Wish.node(location);
    String until = Wish.end(location);
    Long end = until.isEmpty() ? null : Dates.seconds(until, ZoneOffset.UTC, nowSeconds);
    return new Line(
        CibEdits.isMove(location) ? "move" : "ban",
        location.id(),
        attributes.get("rsc", ""),
        node == null ? "" : node,
        attributes.get("author", ""),
        attributes.get("reason", ""),
        attributes.get("since", ""),
        until,
        end != null && end <= nowSeconds);
  }
}
