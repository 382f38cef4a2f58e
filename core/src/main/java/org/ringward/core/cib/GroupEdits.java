package org.ringward.core.cib;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.CibEdits.Edit;

/** What the commands on groups and clones change; pure, and refused as in ResourceEdits. */
public final class GroupEdits {
  private GroupEdits() {}

  /**
   * Puts primitives that stand alone or in another group into a group, which is made when there is
   * none of that name.
   *
   * @param neighbour the member before or behind which they go, null for the end
   */
  public static Edit add(
      Configuration now,
      String group,
      List<String> resources,
      @Nullable String neighbour,
      boolean before) {
    List<Primitive> members = new ArrayList<>();
    Configuration left = now;
    for (String id : resources) {
      if (!(Known.resource(now, id) instanceof Primitive primitive) || isInside(now, id)) {
        throw new OperatorException(
            ExitCode.USAGE,
            "%s cannot be a member of a group: only a primitive can that is in no clone and no bundle"
                .formatted(Names.describe(Known.resource(now, id))));
      }
      members.add(primitive);
      left = taken(left, id);
    }
    return joined(left, group, members, neighbour, before, "put " + String.join(", ", resources));
  }

  /** Whether it is in a clone or bundle, directly or in a group of it. */
  private static boolean isInside(Configuration now, String id) {
    return now.resources().stream()
        .anyMatch(each ->
            (each instanceof Clone || each instanceof Bundle)
                && each.primitives().stream().anyMatch(inner -> inner.id().equals(id)));
  }

  /** Without the primitive where it stands now; a group that has no member left goes too. */
  private static Configuration taken(Configuration now, String id) {
    List<Resource> left = new ArrayList<>();
    for (Resource each : now.resources()) {
      if (each instanceof Group group) {
        List<Primitive> members = new ArrayList<>(group.members());
        members.removeIf(member -> member.id().equals(id));
        if (!members.isEmpty()) {
          left.add(new Group(group.attributes(), group.sets(), members, group.others()));
        }
      } else if (!each.id().equals(id)) {
        left.add(each);
      }
    }
    return now.withResources(left);
  }

  static Edit joined(
      Configuration now,
      String group,
      List<Primitive> fresh,
      @Nullable String neighbour,
      boolean before,
      String what) {
    Resource there = now.resource(group);
    if (there == null) {
      ResourceEdits.requireFree(now, group);
      if (neighbour != null) {
        throw new OperatorException(
            ExitCode.NO_SUCH_OBJECT,
            "there is no member %s in the new group %s".formatted(neighbour, group));
      }
      Group made = new Group(Attributes.of("id", group), List.of(), fresh, List.of());
      return new Edit(now.withResource(made), what + " in the new group " + group);
    }
    if (!(there instanceof Group old)) {
      throw new OperatorException(
          ExitCode.EXISTS, "%s is no group; choose another name".formatted(Names.describe(there)));
    }
    List<Primitive> members = new ArrayList<>(old.members());
    members.addAll(place(members, group, neighbour, before), fresh);
    Group changed = new Group(old.attributes(), old.sets(), members, old.others());
    return new Edit(now.withResource(changed), what + " in group " + group);
  }

  private static int place(
      List<Primitive> members, String group, @Nullable String neighbour, boolean before) {
    if (neighbour == null) {
      return members.size();
    }
    for (int i = 0; i < members.size(); i++) {
      if (members.get(i).id().equals(neighbour)) {
        return before ? i : i + 1;
      }
    }
    throw Known.unknown(
        "member of " + group, neighbour, members.stream().map(Primitive::id).toList());
  }

  /**
   * Takes members out of a group; they stand alone behind it then.
   *
   * @param resources empty for all, which ends the group
   */
  public static Edit remove(Configuration now, String group, List<String> resources) {
    if (!(Known.resource(now, group) instanceof Group old)) {
      throw new OperatorException(
          ExitCode.USAGE, "%s is no group".formatted(Names.describe(Known.resource(now, group))));
    }
    if (now.resources().stream().noneMatch(each -> each.id().equals(group))) {
      throw new OperatorException(
          ExitCode.USAGE,
          "group %s is in a clone: take that away first with 'ringward clone remove'"
              .formatted(group));
    }
    List<String> members = old.members().stream().map(Primitive::id).toList();
    for (String each : resources) {
      if (!members.contains(each)) {
        throw Known.unknown("member of " + group, each, members);
      }
    }
    List<String> out = resources.isEmpty() ? members : resources;
    List<Primitive> left = old.members().stream().filter(each -> !out.contains(each.id())).toList();
    List<Resource> all = new ArrayList<>();
    for (Resource each : now.resources()) {
      if (!each.id().equals(group)) {
        all.add(each);
      } else {
        if (!left.isEmpty()) {
          all.add(new Group(old.attributes(), old.sets(), left, old.others()));
        }
        old.members().stream().filter(member -> out.contains(member.id())).forEach(all::add);
      }
    }
    String what = "took %s out of group %s".formatted(String.join(", ", out), group);
    Configuration changed = now.withResources(all);
    return left.isEmpty()
        ? Removal.ofReferences(changed, List.of(group), what)
        : new Edit(changed, what);
  }

  /**
   * Runs a primitive or group on several nodes.
   *
   * @param clone the name of the clone, empty for one after the resource
   * @param meta clone-max and the like; promotable=true gives the instances two roles
   */
  public static Edit clone(
      Configuration now, String resource, String clone, Map<String, String> meta) {
    Resource inner = Known.running(now, resource);
    boolean alone = now.resources().stream().anyMatch(each -> each.id().equals(resource));
    if (!alone || !(inner instanceof Primitive || inner instanceof Group)) {
      String group = now.groupOf(resource) == null ? "" : "; its whole group can be cloned";
      throw new OperatorException(
          ExitCode.USAGE,
          "%s cannot be cloned: only a primitive or group can that stands alone%s"
              .formatted(Names.describe(inner), group));
    }
    Clone around = around(now, inner, clone, meta);
    List<Resource> all = new ArrayList<>();
    now.resources().forEach(each -> all.add(each.id().equals(resource) ? around : each));
    return new Edit(now.withResources(all), "cloned %s as %s".formatted(resource, around.id()));
  }

  static Clone around(Configuration now, Resource inner, String clone, Map<String, String> meta) {
    String id = clone.isEmpty() ? Known.ids(now).make(inner.id() + "-clone") : clone;
    ResourceEdits.requireFree(now, id);
    Clone bare = new Clone(Attributes.of("id", id), List.of(), inner, List.of());
    return (Clone) ResourceEdits.withMeta(bare, new LinkedHashMap<>(meta));
  }

  /**
   * Ends a clone: what is in it runs once again.
   *
   * @param name of the clone, or of what is in it
   */
  public static Edit unclone(Configuration now, String name) {
    Known.resource(now, name);
    for (Resource each : now.resources()) {
      if (each instanceof Clone clone && clone.child() != null && isOf(clone, name)) {
        Resource child = clone.child();
        List<Resource> all = new ArrayList<>();
        now.resources().forEach(old -> all.add(old.equals(clone) ? child : old));
        return Removal.ofReferences(
            now.withResources(all), List.of(clone.id()), child.id() + " is no longer cloned");
      }
    }
    throw new OperatorException(
        ExitCode.USAGE, "%s is not cloned".formatted(Names.describe(Known.resource(now, name))));
  }

  private static boolean isOf(Clone clone, String name) {
    Resource child = clone.child();
    return clone.id().equals(name) || (child != null && child.id().equals(name));
  }
}
