package org.ringward.core.cib;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/**
 * Who wants a move or a ban, why, since when and until when. It stays in the configuration with the
 * constraint: author, reason and since as attributes of it, the end as a rule in the form of
 * crm_resource.
 *
 * @param author empty when nobody is known
 * @param reason empty for none
 * @param sinceSeconds since 1970, 0 when not known
 * @param endSeconds since 1970, 0 for a wish that holds until it is cleared
 * @param role Promoted for a wish that is about the promoted instance only, null for every one
 */
public record Wish(
    String author, String reason, long sinceSeconds, long endSeconds, @Nullable String role) {
  /** Of nobody, for ever. */
  public static final Wish PLAIN = new Wish("", "", 0, 0, null);

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

  /**
   * A wish from the options of an order.
   *
   * @param lifetime such as 2h or PT30M, null for none
   * @param nowMillis since 1970
   */
  public static Wish of(
      String author,
      String reason,
      @Nullable String lifetime,
      @Nullable String role,
      long nowMillis) {
    long now = nowMillis / 1000;
    if (role != null && !List.of("Promoted", "Unpromoted", "Started").contains(role)) {
      throw new OperatorException(
          ExitCode.USAGE, "the role is '" + role + "'; allowed are Promoted and Unpromoted");
    }
    if (lifetime == null) {
      return new Wish(author, reason, now, 0, role);
    }
    OptionalLong millis = Durations.millis(lifetime);
    if (millis.isEmpty() || millis.getAsLong() < 1000) {
      throw new OperatorException(
          ExitCode.USAGE,
          "the lifetime is '" + lifetime + "'; write a time such as 90s, 30min, 2h or PT2H");
    }
    return new Wish(author, reason, now, now + millis.getAsLong() / 1000, role);
  }

  /** The constraint. */
  Location location(String id, String resource, String node, String score) {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("id", id);
    map.put("rsc", resource);
    map.put("role", role == null ? "Started" : role);
    if (endSeconds == 0) {
      map.put("node", node);
      map.put("score", score);
    }
    if (!author.isEmpty()) {
      map.put("author", author);
    }
    if (!reason.isEmpty()) {
      map.put("reason", reason);
    }
    if (sinceSeconds != 0) {
      map.put("since", stamp(sinceSeconds));
    }
    return new Location(
        new Attributes(map), endSeconds == 0 ? List.of() : List.of(rule(id, node, score)));
  }

  private Element rule(String id, String node, String score) {
    Element where =
        Element.of(
            "expression",
            Attributes.of(
                "id", id + "-node", "attribute", "#uname", "operation", "eq", "value", node),
            List.of());
    Element when =
        Element.of(
            "date_expression",
            Attributes.of("id", id + "-end", "operation", "lt", "end", stamp(endSeconds)),
            List.of());
    return Element.of(
        "rule",
        Attributes.of("id", id + "-rule", "score", score, "boolean-op", "and"),
        List.of(where, when));
  }

  private static String stamp(long seconds) {
    return STAMP.format(Instant.ofEpochSecond(seconds).truncatedTo(ChronoUnit.SECONDS));
  }

  /** How long it holds, for the operator. */
  String until() {
    return endSeconds == 0 ? "until it is cleared" : "until " + stamp(endSeconds);
  }

  /** The node that such a constraint is about, null when it does not say. */
  static @Nullable String node(Location location) {
    String plain = location.attributes().get("node");
    return plain != null ? plain : part(location, "expression", "value");
  }

  /** When such a constraint ends, as it is written, empty when it does not. */
  static String end(Location location) {
    String end = part(location, "date_expression", "end");
    return end == null ? "" : end;
  }

  private static @Nullable String part(Location location, String element, String attribute) {
    for (Element rule : location.others()) {
      for (Element each : rule.children()) {
        if (each.name().equals(element) && each.attributes().has(attribute)) {
          return each.attributes().get(attribute);
        }
      }
    }
    return null;
  }
}
