package org.ringward.core.cib;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.CibEdits.Edit;
import org.ringward.core.config.Nearest;

/** What the commands on constraints change; pure, and refused as in ResourceEdits. */
public final class ConstraintEdits {
  private static final List<String> COLOCATION_OPTIONS =
      List.of("id", "influence", "node-attribute");
  private static final List<String> ORDER_OPTIONS =
      List.of("id", "kind", "symmetrical", "require-all");
  private static final List<String> TICKET_OPTIONS = List.of("id", "loss-policy");
  private static final String INFINITY = "INFINITY";

  private ConstraintEdits() {}

  /** A resource, and what it does or which role it has; action and role are null when not said. */
  public record Party(String resource, @Nullable String word) {}

  /**
   * Says how much a resource likes nodes; takes the place of what was said of the same node before.
   *
   * @param scores by node
   */
  public static Edit location(Configuration now, String resource, Map<String, String> scores) {
    Known.running(now, resource);
    List<Constraint> all = new ArrayList<>(now.constraints());
    List<String> said = new ArrayList<>();
    for (Map.Entry<String, String> each : scores.entrySet()) {
      String node = Known.node(now, each.getKey()).uname();
      requireScore(each.getValue());
      Attributes plain = Attributes.of("rsc", resource, "node", node, "score", each.getValue());
      all.removeIf(old -> isPlain(old, resource, node));
      all.add(new Location(identified(now, IdFactory.location(plain), all, plain), List.of()));
      said.add(node + " " + each.getValue());
    }
    return new Edit(
        now.withConstraints(all), "%s: %s".formatted(resource, String.join(", ", said)));
  }

  /** Only the resource, the node and a score: what another such line would replace. */
  private static boolean isPlain(Constraint constraint, String resource, String node) {
    return constraint instanceof Location it
        && it.others().isEmpty()
        && it.id().startsWith("location-")
        && !it.attributes().has("role")
        && resource.equals(it.attributes().get("rsc"))
        && node.equals(it.attributes().get("node"));
  }

  /**
   * Places a resource where another runs, or with a negative score where it does not.
   *
   * @param options influence, node-attribute, id
   */
  public static Edit colocation(
      Configuration now, Party one, Party with, String score, Map<String, String> options) {
    Known.running(now, one.resource());
    Known.running(now, with.resource());
    requireOthers(one.resource(), with.resource());
    requireScore(score);
    Map<String, String> map = new LinkedHashMap<>();
    map.put("rsc", one.resource());
    map.put("with-rsc", with.resource());
    map.put("score", score);
    putIfGiven(map, "rsc-role", one.word());
    putIfGiven(map, "with-rsc-role", with.word());
    putOptions(map, options, COLOCATION_OPTIONS, "a colocation");
    return added(
        now,
        map,
        IdFactory.colocation(new Attributes(map)),
        attributes -> new Colocation(attributes, List.of()));
  }

  /**
   * Does the one before the other.
   *
   * @param options kind, symmetrical, require-all, id
   */
  public static Edit order(
      Configuration now, Party first, Party then, Map<String, String> options) {
    Known.running(now, first.resource());
    Known.running(now, then.resource());
    requireOthers(first.resource(), then.resource());
    Map<String, String> map = new LinkedHashMap<>();
    map.put("first", first.resource());
    map.put("then", then.resource());
    putIfGiven(map, "first-action", first.word());
    putIfGiven(map, "then-action", then.word());
    putOptions(map, options, ORDER_OPTIONS, "an order");
    return added(
        now,
        map,
        IdFactory.order(new Attributes(map)),
        attributes -> new Order(attributes, List.of()));
  }

  /**
   * Makes a resource need a ticket.
   *
   * @param options loss-policy, id
   */
  public static Edit ticket(
      Configuration now, String ticket, Party resource, Map<String, String> options) {
    Known.running(now, resource.resource());
    Map<String, String> map = new LinkedHashMap<>();
    map.put("rsc", resource.resource());
    putIfGiven(map, "rsc-role", resource.word());
    map.put("ticket", ticket);
    putOptions(map, options, TICKET_OPTIONS, "a ticket constraint");
    return added(
        now,
        map,
        IdFactory.ticket(new Attributes(map)),
        attributes -> new TicketConstraint(attributes, List.of()));
  }

  /** Takes constraints away by their ids. */
  public static Edit remove(Configuration now, List<String> ids) {
    List<String> known = now.constraints().stream().map(Constraint::id).toList();
    List<Constraint> left = new ArrayList<>(now.constraints());
    for (String id : ids) {
      if (!left.removeIf(each -> each.id().equals(id))) {
        throw Known.unknown("constraint", id, known);
      }
    }
    return new Edit(now.withConstraints(left), "removed " + String.join(", ", ids));
  }

  private interface Maker {
    Constraint make(Attributes attributes);
  }

  private static Edit added(Configuration now, Map<String, String> map, String name, Maker maker) {
    List<Constraint> all = new ArrayList<>(now.constraints());
    String given = map.remove("id");
    Attributes plain = new Attributes(map);
    for (Constraint each : all) {
      if (given == null && maker.make(plain.with("id", each.id())).equals(each)) {
        return new Edit(now, "there is " + Names.describe(each) + " already");
      }
    }
    if (given != null && !Known.ids(now).make(given).equals(given)) {
      throw new OperatorException(ExitCode.EXISTS, "the id '" + given + "' cannot be had");
    }
    Constraint made = maker.make(identified(now, given == null ? name : given, List.of(), plain));
    all.add(made);
    return new Edit(now.withConstraints(all), "added " + Names.describe(made));
  }

  /** With an id in front that nothing else has; what was added meanwhile counts too. */
  private static Attributes identified(
      Configuration now, String wanted, List<Constraint> added, Attributes plain) {
    IdFactory ids = Known.ids(now.withConstraints(added.isEmpty() ? now.constraints() : added));
    Map<String, String> all = new LinkedHashMap<>();
    all.put("id", ids.make(wanted));
    all.putAll(plain.map());
    return new Attributes(all);
  }

  private static void putIfGiven(Map<String, String> map, String name, @Nullable String value) {
    if (value != null) {
      map.put(name, value);
    }
  }

  private static void putOptions(
      Map<String, String> map, Map<String, String> options, List<String> allowed, String what) {
    options.forEach((name, value) -> {
      if (!allowed.contains(name)) {
        throw new OperatorException(
            ExitCode.USAGE,
            "'%s' is no option of %s; %s".formatted(name, what, Nearest.hint(name, allowed)));
      }
      map.put(name, value);
    });
  }

  private static void requireOthers(String one, String other) {
    if (one.equals(other)) {
      throw new OperatorException(
          ExitCode.USAGE, "a constraint needs two different resources, and both are " + one);
    }
  }

  private static void requireScore(String score) {
    if (!score.matches("[+-]?(INFINITY|[0-9]{1,9})")) {
      throw new OperatorException(
          ExitCode.USAGE,
          "the score is '%s'; allowed are whole numbers, %s and -%s"
              .formatted(score, INFINITY, INFINITY));
    }
  }
}
