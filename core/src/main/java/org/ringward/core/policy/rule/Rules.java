package org.ringward.core.policy.rule;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Attributes;
import org.ringward.core.cib.Element;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.Values;

/** Evaluates rules at one point in time, and the attribute sets that rules guard. */
public final class Rules {
  /** Deeper than rules can be nested without references. */
  private static final int DEPTH_MAX = 200;

  private final Map<String, Element> byId = new LinkedHashMap<>();
  private final long now;
  private final ZoneId zone;
  private long nextChange = Long.MAX_VALUE;

  /** As {@link #Rules(Element, long, ZoneId)}, dates without an offset being UTC. */
  public Rules(Element configuration, long now) {
    this(configuration, now, ZoneOffset.UTC);
  }

  /**
   * @param configuration where id-ref points into
   * @param now seconds since 1970
   * @param zone of dates without an offset, and of date_spec
   */
  public Rules(Element configuration, long now, ZoneId zone) {
    this.now = now;
    this.zone = zone;
    index(configuration);
  }

  private void index(Element element) {
    String id = element.attributes().get("id");
    if (id != null) {
      byId.putIfAbsent(id, element);
    }
    element.children().forEach(this::index);
  }

  /** The element itself, or the one that its id-ref names; null when there is none. */
  public @Nullable Element resolve(Element element) {
    String reference = element.attributes().get("id-ref");
    return reference == null ? element : byId.get(reference);
  }

  /**
   * Whether a rule element holds. Its date expressions make note of when that may change. A rule
   * for one role does not hold for another; without parts a rule holds, a reference to nothing does
   * not.
   */
  public boolean holds(Element rule, RuleInput input) {
    return holds(rule, input, 0);
  }

  private boolean holds(Element rule, RuleInput input, int depth) {
    if (depth > DEPTH_MAX) { // rules that refer to each other in a circle
      return false;
    }
    Element resolved = resolve(rule);
    if (resolved == null || !holdsForRole(resolved, input.role())) {
      return false;
    }
    boolean any = resolved.attributes().get("boolean-op", "and").equalsIgnoreCase("or");
    boolean empty = true;
    for (Element part : resolved.children()) {
      if (part.name().equals("rule") || part.name().endsWith("expression")) {
        empty = false;
        // Later parts are left alone: their dates do not matter before the earlier ones change.
        if (part(part, input, depth) == any) {
          return any;
        }
      }
    }
    return empty || !any;
  }

  private static boolean holdsForRole(Element rule, Role role) {
    Role wanted = Role.of(rule.attributes().get("role"));
    return wanted == Role.UNKNOWN || role == Role.UNKNOWN || wanted == role;
  }

  private boolean part(Element part, RuleInput input, int depth) {
    return switch (part.name()) {
      case "rule" -> holds(part, input, depth + 1);
      case "expression" -> expression(part.attributes(), input);
      case "date_expression" -> date(part);
      case "rsc_expression" ->
          input.agentClass() != null
              && agrees(part, "class", input.agentClass())
              && agrees(part, "provider", input.provider())
              && agrees(part, "type", input.type());
      case "op_expression" -> operation(part.attributes(), input);
      default -> false;
    };
  }

  private boolean date(Element part) {
    DateExpression expression = DateExpression.of(part, now, zone);
    nextChange = Math.min(nextChange, expression.nextChange());
    return expression.holds();
  }

  private static boolean agrees(Element part, String name, @Nullable String actual) {
    String wanted = part.attributes().get(name);
    return wanted == null || wanted.equals(actual);
  }

  private static boolean operation(Attributes wanted, RuleInput input) {
    String name = wanted.get("name");
    String interval = wanted.get("interval");
    return input.operation() != null
        && (name == null || name.equals(input.operation()))
        && (interval == null || Values.milliseconds(interval, -1) == input.intervalMs());
  }

  private static boolean expression(Attributes expression, RuleInput input) {
    String attribute = expression.get("attribute");
    String operation = expression.get("operation");
    if (attribute == null || operation == null) {
      return false;
    }
    String name = filledIn(attribute, input.groups());
    String wanted = wanted(expression, input);
    String type = expression.get("type");
    if (name.equals("#role")) { // how roles were asked for before rules had an attribute for it
      return input.role() == Role.UNKNOWN
          || Comparison.holds(
              operation, type, input.role().text(), wanted == null ? null : Role.of(wanted).text());
    }
    PolicyNode node = input.node();
    return node != null && Comparison.holds(operation, type, node.attributes.get(name), wanted);
  }

  private static @Nullable String wanted(Attributes expression, RuleInput input) {
    String value = expression.get("value");
    if (value == null) {
      return null;
    }
    return switch (expression.get("value-source", "literal").toLowerCase(Locale.ROOT)) {
      case "param" -> input.parameters().get(value);
      case "meta" -> input.meta().get(value);
      default -> value;
    };
  }

  /** With %0 to %9 replaced by what the pattern of the constraint matched. */
  static String filledIn(String text, List<String> groups) {
    if (groups.isEmpty() || text.indexOf('%') < 0) {
      return text;
    }
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int digit = c == '%' && i + 1 < text.length() ? text.charAt(i + 1) - '0' : -1;
      if (digit >= 0 && digit <= 9) {
        result.append(digit < groups.size() ? groups.get(digit) : "");
        i++;
      } else {
        result.append(c);
      }
    }
    return result.toString();
  }

  /**
   * The values of all children of that name (instance_attributes, meta_attributes, utilization,
   * cluster_property_set) whose rules hold, those of a higher score first; the first value of a
   * name stays. Among cluster properties the set {@code cib-bootstrap-options} is before all
   * others.
   */
  public Map<String, String> values(Element owner, String setName, RuleInput input) {
    List<Element> sets = new ArrayList<>(owner.children().size());
    for (Element child : owner.children()) {
      Element set = child.name().equals(setName) ? resolve(child) : null;
      if (set != null) {
        sets.add(set);
      }
    }
    if (sets.size() > 1) {
      sets.sort((a, b) -> Long.compare(rank(b), rank(a)));
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (Element set : sets) {
      if (inEffect(set, input)) {
        collect(set, values);
      }
    }
    return values;
  }

  /** Whether its rules say so; of several, which only old schemas allow, one is enough. */
  public boolean inEffect(Element set, RuleInput input) {
    boolean result = true;
    for (Element child : set.children()) {
      if (child.name().equals("rule")) {
        if (holds(child, input)) {
          return true;
        }
        result = false;
      }
    }
    return result;
  }

  private void collect(Element set, Map<String, String> values) {
    for (Element child : set.children()) {
      if (child.name().equals("attributes")) { // an element around the pairs, long ago
        collect(child, values);
      }
      Element pair = child.name().equals("nvpair") ? resolve(child) : null;
      if (pair == null) {
        continue;
      }
      String name = child.attributes().get("name", pair.attributes().get("name", ""));
      String value = pair.attributes().get("value");
      if ("#default".equalsIgnoreCase(value)) {
        values.remove(name); // as if no set had said anything so far
      } else if (value != null) {
        values.putIfAbsent(name, value);
      }
    }
  }

  private static long rank(Element set) {
    boolean first =
        set.name().equals("cluster_property_set")
            && set.attributes().get("id", "").equals("cib-bootstrap-options");
    return first ? Long.MAX_VALUE : score(set);
  }

  private static int score(Element set) {
    return Values.score(set.attributes().get("score"), 0);
  }

  /** When a rule that was asked may change its mind, seconds since 1970, null for never. */
  public @Nullable Long nextChange() {
    return nextChange == Long.MAX_VALUE ? null : nextChange;
  }

  /** Milliseconds from now to the next of the moments that lie whole intervals after an origin. */
  public long startDelay(String origin, long intervalMs) {
    return 0;
  }

  long now() {
    return now;
  }
}
