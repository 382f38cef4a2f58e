package org.ringward.core.cib;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.CibEdits.Edit;
import org.ringward.core.config.Nearest;

/** What the commands on operations of resources change; pure, and refused as in ResourceEdits. */
public final class OperationEdits {
  private static final List<String> NAMES =
      List.of(
          "start",
          "stop",
          "monitor",
          "promote",
          "demote",
          "notify",
          "reload",
          "reload-agent",
          "migrate_to",
          "migrate_from",
          "validate-all",
          "meta-data",
          "on",
          "off",
          "reboot",
          "status",
          "list");
  private static final List<String> OPTIONS =
      List.of(
          "interval",
          "timeout",
          "on-fail",
          "role",
          "enabled",
          "start-delay",
          "interval-origin",
          "record-pending",
          "description",
          "id");

  private OperationEdits() {}

  /** With an operation, in place of the one of the same name and interval. */
  public static Edit add(Configuration now, String resource, NewResource.WantedOperation wanted) {
    Primitive primitive = Known.primitive(now, resource);
    Primitive changed = with(primitive, wanted, Known.ids(now));
    return new Edit(put(now, resource, changed), "set " + wanted.name() + " of " + resource);
  }

  /**
   * Without an operation.
   *
   * @param interval only the one with this interval, null for every one of that name
   */
  public static Edit remove(
      Configuration now, String resource, String name, @Nullable String interval) {
    Primitive primitive = Known.primitive(now, resource);
    OptionalLong millis = interval == null ? OptionalLong.empty() : Durations.millis(interval);
    List<Operation> left = new ArrayList<>(primitive.operations());
    left.removeIf(each ->
        (each.name().equals(name) && (interval == null || each.intervalMillis().equals(millis)))
            || each.id().equals(name));
    if (left.size() == primitive.operations().size()) {
      List<String> there =
          primitive.operations().stream()
              .map(each -> each.name() + " interval=" + each.attributes().get("interval", "0s"))
              .toList();
      throw new OperatorException(
          ExitCode.NO_SUCH_OBJECT,
          "%s has no operation %s%s; it has %s"
              .formatted(
                  resource,
                  name,
                  interval == null ? "" : " with the interval " + interval,
                  there.isEmpty() ? "none" : String.join(", ", there)));
    }
    Primitive changed =
        new Primitive(primitive.attributes(), primitive.sets(), left, primitive.others());
    return new Edit(put(now, resource, changed), "removed " + name + " of " + resource);
  }

  private static Configuration put(Configuration now, String resource, Primitive changed) {
    return now.withResource(
        now.resource(resource) instanceof Template ? new Template(changed) : changed);
  }

  /** The primitive with the operation, in place of the one of the same name and interval. */
  static Primitive with(Primitive primitive, NewResource.WantedOperation wanted, IdFactory ids) {
    requireName(wanted.name());
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("name", wanted.name());
    boolean recurring = wanted.name().equals("monitor");
    attributes.put("interval", wanted.options().getOrDefault("interval", recurring ? "10s" : "0s"));
    Map<String, String> parameters = new LinkedHashMap<>();
    wanted
        .options()
        .forEach((name, value) -> {
          if (OPTIONS.contains(name)) {
            attributes.put(name, value);
          } else if (name.startsWith("OCF_CHECK_LEVEL")) {
            parameters.put(name, value);
          } else {
            throw unknownOption(name);
          }
        });
    Operation fresh = new Operation(new Attributes(attributes), List.of(), List.of());
    List<Operation> operations = new ArrayList<>(primitive.operations());
    int place = place(operations, fresh);
    if (place >= 0) {
      Operation old = operations.get(place);
      Attributes merged = old.attributes();
      for (Map.Entry<String, String> each : wanted.options().entrySet()) {
        if (OPTIONS.contains(each.getKey())) {
          merged =
              each.getValue().isEmpty()
                  ? merged.without(each.getKey())
                  : merged.with(each.getKey(), each.getValue());
        }
      }
      fresh = new Operation(merged, old.sets(), old.others());
    } else if (!attributes.containsKey("id")) {
      Attributes plain = fresh.attributes();
      String id = ids.make(IdFactory.operation(primitive.id(), plain));
      fresh = new Operation(identified(id, plain), List.of(), List.of());
    }
    fresh = withParameters(fresh, parameters);
    if (place >= 0) {
      operations.set(place, fresh);
    } else {
      operations.add(fresh);
    }
    return new Primitive(primitive.attributes(), primitive.sets(), operations, primitive.others());
  }

  private static Attributes identified(String id, Attributes plain) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("id", id);
    all.putAll(plain.map());
    return new Attributes(all);
  }

  private static Operation withParameters(Operation operation, Map<String, String> parameters) {
    return parameters.isEmpty()
        ? operation
        : new Operation(
            operation.attributes(),
            ResourceEdits.pairs(
                operation.id(), operation.sets(), "instance_attributes", parameters),
            operation.others());
  }

  private static int place(List<Operation> operations, Operation fresh) {
    for (int i = 0; i < operations.size(); i++) {
      if (operations.get(i).repeats(fresh)) {
        return i;
      }
    }
    return -1;
  }

  private static void requireName(String name) {
    if (!NAMES.contains(name)) {
      throw new OperatorException(
          ExitCode.USAGE,
          "'%s' is no operation; %s"
              .formatted(
                  name,
                  Nearest.hint(
                      name, NAMES, "usual ones are start, stop, monitor, promote and demote")));
    }
  }

  private static OperatorException unknownOption(String name) {
    return new OperatorException(
        ExitCode.USAGE,
        "'%s' is no option of an operation; %s".formatted(name, Nearest.hint(name, OPTIONS)));
  }
}
