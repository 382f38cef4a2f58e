package org.ringward.core.base;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One decision as data: whoever decides emits one, and logs, {@code why} and {@code timeline} are
 * renderings of it.
 *
 * @param wallMillis when, milliseconds since 1970 by the author's clock
 * @param node name of the node that decided
 * @param kind what sort of decision
 * @param subject the resource, node or thing it is about
 * @param what one plain sentence: what was decided
 * @param why the inputs and rules that led there, a sentence each
 * @param rejected the alternatives that were considered and why not, a sentence each
 * @param clock a stamp of {@link HybridClock}: with the node it names the record, and it orders the
 *     records of all nodes; empty when it has none
 * @param facts the same for programs: event, from, to, operation, milliseconds ... by name
 */
public record Decision(
    long wallMillis,
    String node,
    Kind kind,
    String subject,
    String what,
    List<String> why,
    List<String> rejected,
    String clock,
    Map<String, String> facts) {

  /** The sorts of decisions and observations that belong in the story of a cluster. */
  public enum Kind {
    MEMBERSHIP,
    QUORUM,
    COORDINATOR,
    NODE,
    FENCE,
    PLACEMENT,
    TRANSITION,
    ACTION,
    FAILURE,
    CONFIGURATION,
    OPERATOR,
    GUARD
  }

  public Decision {
    why = List.copyOf(why);
    rejected = List.copyOf(rejected);
    // Records of a version before this one have neither.
    clock = clock == null ? "" : clock;
    facts = facts == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /** Without stamp and facts. */
  public Decision(
      long wallMillis,
      String node,
      Kind kind,
      String subject,
      String what,
      List<String> why,
      List<String> rejected) {
    this(wallMillis, node, kind, subject, what, why, rejected, "", Map.of());
  }

  /** Facts in their order: name, value, name, value ... */
  public static Map<String, String> facts(String... namesAndValues) {
    Map<String, String> facts = new LinkedHashMap<>();
    for (int at = 0; at + 1 < namesAndValues.length; at += 2) {
      facts.put(namesAndValues[at], namesAndValues[at + 1]);
    }
    return facts;
  }

  /** The same with a stamp. */
  public Decision stamped(String stamp) {
    return new Decision(wallMillis, node, kind, subject, what, why, rejected, stamp, facts);
  }

  /** The same with facts instead of those it has. */
  public Decision withFacts(Map<String, String> other) {
    return new Decision(wallMillis, node, kind, subject, what, why, rejected, clock, other);
  }

  /** A fact, empty when it has none of that name. */
  public String fact(String name) {
    return facts.getOrDefault(name, "");
  }

  /** A fact that is a whole number, 0 when it has none of that name. */
  public long number(String name) {
    try {
      return Long.parseLong(facts.getOrDefault(name, "0"));
    } catch (NumberFormatException _) {
      return 0; // of another version; only shown
    }
  }
}
