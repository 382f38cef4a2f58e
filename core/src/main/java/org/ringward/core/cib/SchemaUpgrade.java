package org.ringward.core.cib;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Brings what older schemas wrote to what it means today, on the tree of elements: each change is
 * noted. A configuration of today comes back as the same object.
 *
 * <ul>
 *   <li>any schema: a {@code master} is a promotable clone, a {@code lifetime} is a part of the
 *       rule of its location, the score of an order is its kind;
 *   <li>before 3.0: option names with underscores, cluster properties that became defaults, {@code
 *       requires} of a start.
 * </ul>
 */
final class SchemaUpgrade {
  /** What an upgraded cib says it conforms to. */
  static final String CURRENT = "pacemaker-3.9";

  private static final Pattern OLD = Pattern.compile("(pacemaker|transitional)-[0-2](\\.\\d+)?");
  private static final Pattern OPTION = Pattern.compile("[a-z]+(_[a-z]+)+");

  /** Cluster properties that are defaults today: section and name there. */
  private static final Map<String, List<String>> MOVED =
      Map.ofEntries(
          Map.entry("default-resource-stickiness", List.of("rsc_defaults", "resource-stickiness")),
          Map.entry("is-managed-default", List.of("rsc_defaults", "is-managed")),
          Map.entry("default-migration-threshold", List.of("rsc_defaults", "migration-threshold")),
          Map.entry("default-action-timeout", List.of("op_defaults", "timeout")));

  private final CibReader reader;
  private final boolean old;
  private boolean changed;

  private SchemaUpgrade(CibReader reader, boolean old) {
    this.reader = reader;
    this.old = old;
  }

  /** A whole cib; its validate-with tells what it may contain. */
  static Element cib(Element cib, CibReader reader) {
    String schema = cib.attributes().get("validate-with", "");
    boolean old = OLD.matcher(schema.toLowerCase(Locale.ROOT)).matches();
    SchemaUpgrade upgrade = new SchemaUpgrade(reader, old);
    Element result =
        children(
            cib, each -> each.name().equals("configuration") ? upgrade.configuration(each) : each);
    return upgrade.changed && old
        ? with(result, result.attributes().with("validate-with", CURRENT), result.children())
        : result;
  }

  /** A configuration section alone, which is taken for one of today. */
  static Element configuration(Element configuration, CibReader reader) {
    return new SchemaUpgrade(reader, false).configuration(configuration);
  }

  private Element configuration(Element configuration) {
    Element result =
        children(
            configuration,
            each ->
                switch (each.name()) {
                  case "resources" -> children(each, this::resource);
                  case "constraints" -> children(each, this::constraint);
                  case "rsc_defaults", "op_defaults", "crm_config" ->
                      old ? children(each, this::dashes) : each;
                  default -> each;
                });
    return old ? movedToDefaults(result) : result;
  }

  private void note(Element element, String sentence) {
    changed = true;
    reader.note(element.line(), Names.of(element), sentence);
  }

  // resources

  private Element resource(Element element) {
    Element inner =
        switch (element.name()) {
          case "master", "clone", "group", "bundle" -> children(element, this::resource);
          case "meta_attributes", "operations" ->
              old ? children(dashes(element), this::operation) : element;
          default -> element;
        };
    return switch (element.name()) {
      case "master" -> promotableClone(inner);
      case "primitive", "template" -> old ? requirement(children(inner, this::resource)) : inner;
      default -> inner;
    };
  }

  private Element promotableClone(Element master) {
    note(master, Names.of(master) + " is read as a promotable clone");
    String id = master.attributes().get("id", "");
    List<Element> all = new ArrayList<>();
    all.add(
        made(
            "meta_attributes",
            Attributes.of("id", id + "-promotable"),
            made(
                "nvpair",
                Attributes.of(
                    "id", id + "-promotable-value", "name", "promotable", "value", "true"))));
    all.addAll(master.children());
    return new Element("clone", master.attributes(), all, master.text(), master.line());
  }

  private Element operation(Element op) {
    if (!op.name().equals("op")) {
      return op;
    }
    Attributes renamed = Attributes.NONE;
    for (Map.Entry<String, String> each : op.attributes().map().entrySet()) {
      renamed = renamed.with(dashed(each.getKey()), each.getValue());
    }
    if (renamed.equals(op.attributes())) {
      return op;
    }
    note(op, "options of " + Names.of(op) + " are read with dashes in their names");
    return with(op, renamed, op.children());
  }

  /** What a start requires is asked of the resource today. */
  private Element requirement(Element primitive) {
    String requires = null;
    List<Element> all = new ArrayList<>();
    for (Element child : primitive.children()) {
      if (!child.name().equals("operations")) {
        all.add(child);
        continue;
      }
      for (Element op : child.children()) {
        if (requires == null && op.attributes().get("name", "").equals("start")) {
          requires = op.attributes().get("requires");
        }
      }
      all.add(children(child, op -> with(op, op.attributes().without("requires"), op.children())));
    }
    if (requires == null) {
      return primitive;
    }
    note(primitive, "requires of the start of " + Names.of(primitive) + " is read as its own");
    String id = primitive.attributes().get("id", "") + "-requires";
    all.add(
        made(
            "meta_attributes",
            Attributes.of("id", id),
            made(
                "nvpair",
                Attributes.of("id", id + "-value", "name", "requires", "value", requires))));
    return with(primitive, primitive.attributes(), all);
  }

  // options

  /** Option names of a set had underscores once; agent parameters still may. */
  private Element dashes(Element set) {
    if (!set.name().equals("meta_attributes") && !set.name().equals("cluster_property_set")) {
      return set;
    }
    return children(
        set,
        pair -> {
          String name = pair.attributes().get("name", "");
          if (!pair.name().equals("nvpair") || dashed(name).equals(name)) {
            return pair;
          }
          note(pair, "option " + name + " is read as " + dashed(name));
          return with(pair, pair.attributes().with("name", dashed(name)), pair.children());
        });
  }

  private static String dashed(String name) {
    return OPTION.matcher(name).matches() ? name.replace('_', '-') : name;
  }

  private Element movedToDefaults(Element configuration) {
    Element result = configuration;
    for (Element section : configuration.children()) {
      if (section.name().equals("crm_config")) {
        for (Element set : section.children()) {
          for (Element pair : set.children()) {
            List<String> target = MOVED.get(pair.attributes().get("name", ""));
            if (target != null) {
              note(pair, Names.of(pair) + " is read as " + target.get(1) + " in " + target.get(0));
              result = withDefault(result, target.get(0), target.get(1), pair.attributes());
            }
          }
        }
      }
    }
    return children(
        result,
        section ->
            section.name().equals("crm_config")
                ? children(section, SchemaUpgrade::withoutMoved)
                : section);
  }

  private static Element withoutMoved(Element set) {
    List<Element> left =
        set.children().stream()
            .filter(pair -> !MOVED.containsKey(pair.attributes().get("name", "")))
            .toList();
    return left.size() == set.children().size() ? set : with(set, set.attributes(), left);
  }

  /** A default that is given there already stays, as sets that come first win. */
  private static Element withDefault(
      Element configuration, String section, String name, Attributes from) {
    String id = from.get("id", name) + "-default";
    Element set =
        made(
            "meta_attributes",
            Attributes.of("id", id),
            made(
                "nvpair",
                Attributes.of("id", id + "-value", "name", name, "value", from.get("value", ""))));
    List<Element> all = new ArrayList<>();
    boolean found = false;
    for (Element each : configuration.children()) {
      if (each.name().equals(section) && !found) {
        found = true;
        List<Element> sets = new ArrayList<>(each.children());
        sets.add(set);
        all.add(with(each, each.attributes(), sets));
      } else {
        all.add(each);
      }
    }
    if (!found) {
      all.add(made(section, Attributes.NONE, set));
    }
    return with(configuration, configuration.attributes(), all);
  }

  // constraints

  private Element constraint(Element constraint) {
    Element lifetime = child(constraint, "lifetime");
    if (lifetime != null && constraint.name().equals("rsc_location")) {
      return lifetime(constraint, lifetime);
    }
    if (constraint.name().equals("rsc_order")) {
      return order(constraint);
    }
    return constraint;
  }

  private Element order(Element order) {
    Attributes attributes = order.attributes();
    String score = attributes.get("score");
    if (score == null || attributes.has("kind")) {
      return order;
    }
    String kind = Score.parse(score).orElse(0) == 0 ? "Optional" : "Mandatory";
    note(order, "score " + score + " of " + Names.of(order) + " is read as kind " + kind);
    return with(order, attributes.without("score").with("kind", kind), order.children());
  }

  private Element lifetime(Element location, Element lifetime) {
    note(location, "the lifetime of " + Names.of(location) + " is read as a part of its rule");
    List<Element> limits =
        lifetime.children().stream().filter(each -> each.name().equals("rule")).toList();
    Element limit =
        limits.size() == 1
            ? limits.getFirst()
            : new Element(
                "rule",
                Attributes.of(
                    "id", location.attributes().get("id", "") + "-lifetime", "boolean-op", "or"),
                limits,
                "",
                lifetime.line());
    List<Element> all = new ArrayList<>();
    boolean hasRule = false;
    for (Element each : location.children()) {
      if (each.name().equals("rule")) {
        all.add(limited(each, hasRule ? reference(limit) : limit));
        hasRule = true;
      } else if (!each.name().equals("lifetime")) {
        all.add(each);
      }
    }
    if (hasRule || !location.attributes().has("node")) {
      return with(location, location.attributes(), all);
    }
    all.add(nodeRule(location.attributes(), limit));
    Attributes rest = location.attributes().without("node").without("score");
    return with(location, rest, all);
  }

  private static Element reference(Element rule) {
    return made("rule", Attributes.of("id-ref", rule.attributes().get("id", "")));
  }

  /** The rule and the limit: both must hold. */
  private static Element limited(Element rule, Element limit) {
    String id = rule.attributes().get("id", "");
    Attributes inner =
        rule.attributes().without("score").without("score-attribute").without("role");
    return with(
        rule,
        rule.attributes().with("id", id + "-limited").with("boolean-op", "and"),
        List.of(with(rule, inner, rule.children()), limit));
  }

  private static Element nodeRule(Attributes location, Element limit) {
    String id = location.get("id", "") + "-limited";
    Element node =
        made(
            "expression",
            Attributes.of(
                "id",
                id + "-node",
                "attribute",
                "#uname",
                "operation",
                "eq",
                "value",
                location.get("node", "")));
    return made(
        "rule", Attributes.of("id", id, "score", location.get("score", "INFINITY")), node, limit);
  }

  // trees

  private static @Nullable Element child(Element element, String name) {
    for (Element each : element.children()) {
      if (each.name().equals(name)) {
        return each;
      }
    }
    return null;
  }

  private static Element made(String name, Attributes attributes, Element... children) {
    return Element.of(name, attributes, List.of(children));
  }

  private static Element with(Element element, Attributes attributes, List<Element> children) {
    return new Element(element.name(), attributes, children, element.text(), element.line());
  }

  /** The element with every child mapped; the very same when none changed. */
  @SuppressWarnings("ReferenceEquality") // that nothing was touched is what is asked
  private static Element children(Element element, UnaryOperator<Element> map) {
    List<Element> mapped = new ArrayList<>(element.children().size());
    boolean different = false;
    for (Element child : element.children()) {
      Element now = map.apply(child);
      different |= now != child;
      mapped.add(now);
    }
    return different ? with(element, element.attributes(), mapped) : element;
  }
}
