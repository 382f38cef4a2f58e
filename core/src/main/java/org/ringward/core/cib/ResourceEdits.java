package org.ringward.core.cib;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.CibEdits.Edit;

/**
 * What the commands on resources change. All are pure: the same configuration gives the same edit.
 * Whether what comes out is right as a whole, {@link CibValidation} says.
 *
 * <p>All throw {@link OperatorException}: {@link ExitCode#NO_SUCH_OBJECT} for what is not
 * configured, naming the closest that is; {@link ExitCode#EXISTS} for an id that is taken; {@link
 * ExitCode#USAGE} for what cannot be meant.
 */
public final class ResourceEdits {
  private static final String META = "meta_attributes";
  private static final String PARAMETERS = "instance_attributes";
  private static final String UTILIZATION = "utilization";
  private static final String TARGET_ROLE = "target-role";

  private ResourceEdits() {}

  /** With a new resource, in a group or in a clone if that is wanted. */
  public static Edit create(Configuration now, NewResource wanted) {
    requireFree(now, wanted.id());
    if (wanted.group() != null && wanted.cloneId() != null) {
      throw new OperatorException(
          ExitCode.USAGE,
          "%s can be put in a group or in a clone, not in both; clone the group instead"
              .formatted(wanted.id()));
    }
    IdFactory ids = Known.ids(now);
    ids.take(wanted.id());
    Primitive primitive =
        new Primitive(agent(wanted.id(), wanted.agent()), List.of(), List.of(), List.of());
    primitive = withPairs(primitive, PARAMETERS, wanted.parameters());
    primitive = withPairs(primitive, META, wanted.meta());
    for (NewResource.WantedOperation each : wanted.operations()) {
      primitive = OperationEdits.with(primitive, each, ids);
    }
    if (wanted.disabled()) {
      primitive = primitive.withMeta(TARGET_ROLE, "Stopped");
    }
    String what = "created " + Names.describe(primitive);
    String group = wanted.group();
    if (group != null) {
      return GroupEdits.joined(
          now, group, List.of(primitive), wanted.neighbour(), wanted.before(), what);
    }
    String clone = wanted.cloneId();
    if (clone != null) {
      Clone around = GroupEdits.around(now, primitive, clone, wanted.cloneMeta());
      return new Edit(now.withResource(around), what + " in clone " + around.id());
    }
    return new Edit(now.withResource(primitive), what);
  }

  /** A name that no resource and nothing else has. */
  static void requireFree(Configuration now, String id) {
    if (!Ids.isId(id)) {
      throw new OperatorException(
          ExitCode.USAGE,
          "'%s' cannot be a name: it begins with a letter or _, then come letters, digits, _, - and ."
              .formatted(id));
    }
    if (now.resource(id) != null) {
      throw new OperatorException(
          ExitCode.EXISTS,
          "there is a %s already; change it with 'ringward resource update %s'"
              .formatted(Names.describe(Known.resource(now, id)), id));
    }
    if (!Known.ids(now).make(id).equals(id)) {
      throw new OperatorException(
          ExitCode.EXISTS, "the id %s is taken by something else".formatted(id));
    }
  }

  private static Attributes agent(String id, String agent) {
    String[] parts = agent.split(":", agent.startsWith("ocf:") ? 3 : 2);
    if (parts.length != (agent.startsWith("ocf:") ? 3 : 2)) {
      throw new OperatorException(
          ExitCode.USAGE,
          "the agent is '%s'; write it as ocf:PROVIDER:TYPE, stonith:TYPE or systemd:UNIT ('ringward agents list' shows those of this machine)"
              .formatted(agent));
    }
    return parts.length == 3
        ? Attributes.of("id", id, "class", parts[0], "provider", parts[1], "type", parts[2])
        : Attributes.of("id", id, "class", parts[0], "type", parts[1]);
  }

  /** With other parameters, meta attributes and operations; an empty value takes one away. */
  public static Edit update(
      Configuration now,
      String id,
      Map<String, String> parameters,
      Map<String, String> meta,
      List<NewResource.WantedOperation> operations) {
    Resource resource = Known.resource(now, id);
    IdFactory ids = Known.ids(now);
    Resource changed = resource;
    if (!parameters.isEmpty() || !operations.isEmpty()) {
      Primitive primitive = withPairs(Known.primitive(now, id), PARAMETERS, parameters);
      for (NewResource.WantedOperation each : operations) {
        primitive = OperationEdits.with(primitive, each, ids);
      }
      changed = resource instanceof Template ? new Template(primitive) : primitive;
    }
    return new Edit(
        now.withResource(withMeta(changed, meta)), "changed " + Names.describe(resource));
  }

  /** With other utilization of a primitive; an empty value takes one away. */
  public static Edit utilization(Configuration now, String id, Map<String, String> values) {
    Primitive primitive = Known.primitive(now, id);
    Primitive changed = withPairs(primitive, UTILIZATION, values);
    Resource resource = Known.resource(now, id);
    return new Edit(
        now.withResource(resource instanceof Template ? new Template(changed) : changed),
        "changed the utilization of " + id);
  }

  /** Lets resources run again ({@code target-role} is taken away), or stops them. */
  public static Edit enable(Configuration now, List<String> resources, boolean on) {
    Configuration changed = now;
    for (String id : resources) {
      Resource resource = Known.running(now, id);
      changed =
          changed.withResource(
              withMeta(resource, Collections.singletonMap(TARGET_ROLE, on ? "" : "Stopped")));
    }
    String names = String.join(", ", resources);
    return new Edit(
        changed, on ? "enabled " + names + held(changed, resources) : "disabled " + names);
  }

  /** What else keeps the resources from running although they were enabled. */
  private static String held(Configuration now, List<String> resources) {
    List<String> holders = new ArrayList<>();
    for (Resource outer : now.resources()) {
      if (isDisabled(outer) && !resources.contains(outer.id())) {
        List<String> inside = new ArrayList<>();
        outer.primitives().forEach(each -> inside.add(each.id()));
        outer.inner().forEach(each -> inside.add(each.id()));
        inside.retainAll(resources);
        if (!inside.isEmpty()) {
          holders.add(outer.id());
        }
      }
    }
    return holders.isEmpty()
        ? ""
        : "; it stays stopped, because %s is disabled too".formatted(String.join(", ", holders));
  }

  private static boolean isDisabled(Resource resource) {
    return "Stopped".equals(Sets.value(resource.sets(), META, TARGET_ROLE));
  }

  /** Lets the cluster start and stop resources again, or takes its hands off. */
  public static Edit manage(Configuration now, List<String> resources, boolean on) {
    Configuration changed = now;
    for (String id : resources) {
      Resource resource = Known.running(now, id);
      changed =
          changed.withResource(
              withMeta(resource, Collections.singletonMap("is-managed", on ? "" : "false")));
    }
    String names = String.join(", ", resources);
    return new Edit(changed, (on ? "managed again: " : "no longer managed: ") + names);
  }

  /** Without the resources, and without what only they gave a meaning. */
  public static Edit delete(Configuration now, List<String> resources) {
    resources.forEach(id -> Known.resource(now, id));
    return Removal.of(now, resources);
  }

  /** With meta attributes; an empty value takes one away. */
  static Resource withMeta(Resource resource, Map<String, String> values) {
    UnaryOperator<List<AttributeSet>> change = sets -> pairs(resource.id(), sets, META, values);
    return switch (resource) {
      case Primitive it -> it.withSets(change.apply(it.sets()));
      case Group it ->
          new Group(it.attributes(), change.apply(it.sets()), it.members(), it.others());
      case Clone it -> new Clone(it.attributes(), change.apply(it.sets()), it.child(), it.others());
      case Bundle it ->
          new Bundle(it.attributes(), change.apply(it.sets()), it.child(), it.others());
      case Template it -> new Template(it.body().withSets(change.apply(it.sets())));
      case OtherResource it -> it;
    };
  }

  static Primitive withPairs(Primitive primitive, String element, Map<String, String> values) {
    return primitive.withSets(pairs(primitive.id(), primitive.sets(), element, values));
  }

  /** With these values; an empty one takes the name away. */
  static List<AttributeSet> pairs(
      @Nullable String owner, List<AttributeSet> sets, String element, Map<String, String> values) {
    List<AttributeSet> changed = sets;
    for (Map.Entry<String, String> each : new LinkedHashMap<>(values).entrySet()) {
      changed =
          each.getValue().isEmpty()
              ? Sets.without(changed, element, each.getKey())
              : Sets.with(
                  changed, element, Ids.of(owner + "-" + element), each.getKey(), each.getValue());
    }
    return changed;
  }
}
