package org.ringward.core.cib;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What differs between two configurations, a short line for each difference. */
public final class ConfigurationDiff {
  private final List<String> lines = new ArrayList<>();

  private ConfigurationDiff() {}

  /** Lines for people; empty exactly when the configurations are equal. */
  public static List<String> lines(Configuration old, Configuration now) {
    ConfigurationDiff diff = new ConfigurationDiff();
    if (!old.equals(now)) {
      diff.compare(old, now);
      if (diff.lines.isEmpty()) {
        diff.lines.add("only ids, descriptions or the order of entries changed");
      }
    }
    return List.copyOf(diff.lines);
  }

  /** A constraint in a few words: its kind, id and what it says. */
  public static String name(Constraint constraint) {
    return Names.describe(constraint);
  }

  private void compare(Configuration old, Configuration now) {
    values("cluster option %s", pairs(old.properties()), pairs(now.properties()));
    values("resource default %s", pairs(old.resourceDefaults()), pairs(now.resourceDefaults()));
    values("operation default %s", pairs(old.operationDefaults()), pairs(now.operationDefaults()));
    nodes(old, now);
    resources(old, now);
    each(old.constraints(), now.constraints(), Constraint::id, Names::describe);
    each(old.topology(), now.topology(), FencingLevel::id, Names::describe);
    others(old, now);
  }

  private void nodes(Configuration old, Configuration now) {
    Map<String, NodeEntry> before = new LinkedHashMap<>();
    old.nodes().forEach(node -> before.put(node.uname(), node));
    for (NodeEntry node : now.nodes()) {
      NodeEntry was = before.remove(node.uname());
      if (was == null) {
        lines.add("added node " + node.uname());
      }
      values(
          "%s of node " + node.uname(),
          was == null ? Map.of() : pairs(was.sets()),
          pairs(node.sets()));
    }
    before.keySet().forEach(name -> lines.add("removed node " + name));
  }

  private void resources(Configuration old, Configuration now) {
    Map<String, Resource> before = everyResource(old);
    Map<String, Resource> after = everyResource(now);
    before.forEach((id, resource) -> {
      if (!after.containsKey(id)) {
        lines.add("removed " + Names.describe(resource));
      }
    });
    after.forEach((id, resource) -> {
      Resource was = before.get(id);
      if (was == null) {
        lines.add("added " + Names.describe(resource) + within(now, id));
      } else if (!was.equals(resource)) {
        changed(was, resource);
      }
      if (was != null && !within(old, id).equals(within(now, id))) {
        lines.add("moved " + Names.describe(resource) + place(now, id));
      }
    });
  }

  private static Map<String, Resource> everyResource(Configuration configuration) {
    Map<String, Resource> all = new LinkedHashMap<>();
    for (Resource each : configuration.resources()) {
      put(all, each);
    }
    return all;
  }

  private static void put(Map<String, Resource> all, Resource resource) {
    all.put(resource.id(), resource);
    resource.inner().forEach(each -> put(all, each));
  }

  private static String within(Configuration configuration, String id) {
    Group group = configuration.groupOf(id);
    return group == null ? "" : " in group " + group.id();
  }

  private static String place(Configuration configuration, String id) {
    Group group = configuration.groupOf(id);
    return group == null ? " out of its group" : " to group " + group.id();
  }

  private void changed(Resource was, Resource now) {
    switch (now) {
      case Primitive primitive when was instanceof Primitive old -> primitive(old, primitive);
      case Group group when was instanceof Group old -> group(old, group);
      case Clone clone when was instanceof Clone old && old.others().equals(clone.others()) ->
          sets(now.id(), old.sets(), clone.sets());
      case Bundle bundle when was instanceof Bundle old && old.others().equals(bundle.others()) ->
          sets(now.id(), old.sets(), bundle.sets());
      case Template template when was instanceof Template old ->
          primitive(old.body(), template.body());
      default -> lines.add("changed " + Names.describe(now));
    }
  }

  private void primitive(Primitive old, Primitive now) {
    if (!old.agent().equals(now.agent())) {
      lines.add("agent of " + now.id() + ": " + old.agent() + " -> " + now.agent());
    }
    sets(now.id(), old.sets(), now.sets());
    Map<String, Operation> before = operations(old);
    Map<String, Operation> after = operations(now);
    before.forEach((name, _) -> {
      if (!after.containsKey(name)) {
        lines.add("removed operation " + name + " of " + now.id());
      }
    });
    after.forEach((name, operation) -> {
      Operation was = before.get(name);
      if (was == null) {
        lines.add("added operation " + name + " of " + now.id());
      } else {
        values("%s of operation " + name + " of " + now.id(), options(was), options(operation));
      }
    });
  }

  private static Map<String, Operation> operations(Primitive primitive) {
    Map<String, Operation> operations = new LinkedHashMap<>();
    for (Operation each : primitive.operations()) {
      String interval = each.attributes().get("interval", "0s");
      operations.put(each.name() + " " + interval, each);
    }
    return operations;
  }

  private static Map<String, String> options(Operation operation) {
    Map<String, String> options = new LinkedHashMap<>(operation.attributes().map());
    options.remove("id");
    options.putAll(pairs(operation.sets()));
    return options;
  }

  private void group(Group old, Group now) {
    sets(now.id(), old.sets(), now.sets());
    List<String> before = new ArrayList<>(old.members().stream().map(Primitive::id).toList());
    List<String> after = new ArrayList<>(now.members().stream().map(Primitive::id).toList());
    before.retainAll(now.members().stream().map(Primitive::id).toList());
    after.retainAll(before);
    if (!before.equals(after)) {
      List<String> order = now.members().stream().map(Primitive::id).toList();
      lines.add("order in group " + now.id() + " is now " + String.join(", ", order));
    }
  }

  private void sets(String id, List<AttributeSet> old, List<AttributeSet> now) {
    values(
        "parameter %s of " + id,
        pairs(old, "instance_attributes"),
        pairs(now, "instance_attributes"));
    values(
        "meta attribute %s of " + id, pairs(old, "meta_attributes"), pairs(now, "meta_attributes"));
    values("utilization %s of " + id, pairs(old, "utilization"), pairs(now, "utilization"));
  }

  /** What was added, changed and removed of one kind. */
  private <T> void each(
      List<T> old, List<T> now, Function<T, String> id, Function<T, String> description) {
    Map<String, T> before = new LinkedHashMap<>();
    old.forEach(each -> before.put(id.apply(each), each));
    List<String> added = new ArrayList<>();
    for (T each : now) {
      T was = before.remove(id.apply(each));
      if (was == null) {
        added.add("added " + description.apply(each));
      } else if (!was.equals(each)) {
        added.add("changed " + description.apply(was) + " to " + description.apply(each));
      }
    }
    before.values().forEach(each -> lines.add("removed " + description.apply(each)));
    lines.addAll(added);
  }

  private void others(Configuration old, Configuration now) {
    for (String name : new TreeSet<>(namesOf(old, now))) {
      if (!named(old, name).equals(named(now, name))) {
        lines.add("changed section " + name);
      }
    }
  }

  private static List<String> namesOf(Configuration old, Configuration now) {
    List<String> names = new ArrayList<>();
    old.others().forEach(each -> names.add(each.name()));
    now.others().forEach(each -> names.add(each.name()));
    return names;
  }

  private static List<Element> named(Configuration configuration, String name) {
    return configuration.others().stream().filter(each -> each.name().equals(name)).toList();
  }

  private static Map<String, String> pairs(List<AttributeSet> sets) {
    return pairs(sets, null);
  }

  /** Names and values of the sets, of one kind when named; the first of equal names holds. */
  private static Map<String, String> pairs(List<AttributeSet> sets, @Nullable String element) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (AttributeSet set : sets) {
      if (element == null || set.element().equals(element)) {
        String suffix = set.hasRule() ? " by rule of " + set.id() : "";
        set.pairs().forEach(pair -> pairs.putIfAbsent(pair.name() + suffix, pair.value()));
      }
    }
    return pairs;
  }

  /**
   * @param label with %s where the name goes
   */
  private void values(String label, Map<String, String> old, Map<String, String> now) {
    old.forEach((name, value) -> {
      if (!now.containsKey(name)) {
        lines.add("removed " + label.replace("%s", name) + " (was " + value + ")");
      }
    });
    now.forEach((name, value) -> {
      String was = old.get(name);
      if (was == null) {
        lines.add("added " + label.replace("%s", name) + ": " + value);
      } else if (!was.equals(value)) {
        lines.add(label.replace("%s", name) + ": " + was + " -> " + value);
      }
    });
  }
}
