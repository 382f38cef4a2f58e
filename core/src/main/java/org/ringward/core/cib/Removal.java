package org.ringward.core.cib;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.CibEdits.Edit;

/**
 * Takes resources out of a configuration with everything that only they gave a meaning: groups and
 * clones that would be empty, constraints, places in resource sets, devices of fencing levels.
 */
final class Removal {
  private static final List<String> REFERENCES = List.of("rsc", "with-rsc", "first", "then");

  private final Set<String> gone = new LinkedHashSet<>();
  private final List<String> also = new ArrayList<>();

  private Removal() {}

  static Edit of(Configuration now, List<String> resources) {
    Removal removal = new Removal();
    removal.gone.addAll(resources);
    for (String id : resources) {
      removal.takeInner(Known.resource(now, id));
    }
    List<Resource> left = new ArrayList<>();
    for (Resource each : now.resources()) {
      Resource rest = removal.rest(each);
      if (rest != null) {
        left.add(rest);
      }
    }
    return removal.finish(now.withResources(left), "deleted " + String.join(", ", resources));
  }

  /** Only what refers to these ids, which are no longer there. */
  static Edit ofReferences(Configuration now, List<String> ids, String what) {
    Removal removal = new Removal();
    removal.gone.addAll(ids);
    return removal.finish(now, what);
  }

  private void takeInner(Resource resource) {
    for (Resource each : resource.inner()) {
      if (gone.add(each.id())) {
        also.add(Names.describe(each));
      }
      takeInner(each);
    }
  }

  /** What is left of a resource, null for nothing. */
  private @Nullable Resource rest(Resource resource) {
    if (gone.contains(resource.id())) {
      return null;
    }
    return switch (resource) {
      case Group group -> {
        List<Primitive> members = new ArrayList<>(group.members());
        members.removeIf(each -> gone.contains(each.id()));
        yield members.size() == group.members().size()
            ? group
            : members.isEmpty()
                ? empty(group)
                : new Group(group.attributes(), group.sets(), members, group.others());
      }
      case Clone clone -> {
        Resource child = clone.child();
        Resource left = child == null ? null : rest(child);
        yield Objects.equals(left, child)
            ? clone
            : left == null
                ? empty(clone)
                : new Clone(clone.attributes(), clone.sets(), left, clone.others());
      }
      case Bundle bundle ->
          bundle.child() != null && gone.contains(bundle.child().id())
              ? new Bundle(bundle.attributes(), bundle.sets(), null, bundle.others())
              : bundle;
      default -> resource;
    };
  }

  private @Nullable Resource empty(Resource resource) {
    gone.add(resource.id());
    also.add(Names.describe(resource));
    return null;
  }

  private Edit finish(Configuration resources, String what) {
    List<Constraint> constraints = new ArrayList<>();
    for (Constraint each : resources.constraints()) {
      Constraint left = rest(each);
      if (left != null) {
        constraints.add(left);
      }
      if (!each.equals(left)) {
        also.add((left == null ? "" : "a part of ") + Names.describe(each));
      }
    }
    List<FencingLevel> topology = new ArrayList<>();
    for (FencingLevel each : resources.topology()) {
      FencingLevel left = rest(each);
      if (left != null) {
        topology.add(left);
      }
      if (!each.equals(left)) {
        also.add((left == null ? "" : "a device of ") + Names.describe(each));
      }
    }
    Configuration changed = resources.withConstraints(constraints).withTopology(topology);
    return new Edit(
        changed, also.isEmpty() ? what : what + ", and with it " + String.join(", ", also));
  }

  private @Nullable Constraint rest(Constraint constraint) {
    return switch (constraint) {
      case Location it -> {
        List<Element> sets = sets(it.others());
        yield refers(it.attributes()) || sets == null ? null : new Location(it.attributes(), sets);
      }
      case Colocation it -> {
        List<Element> sets = sets(it.others());
        yield refers(it.attributes()) || sets == null
            ? null
            : new Colocation(it.attributes(), sets);
      }
      case Order it -> {
        List<Element> sets = sets(it.others());
        yield refers(it.attributes()) || sets == null ? null : new Order(it.attributes(), sets);
      }
      case TicketConstraint it -> {
        List<Element> sets = sets(it.others());
        yield refers(it.attributes()) || sets == null
            ? null
            : new TicketConstraint(it.attributes(), sets);
      }
      case OtherConstraint it -> it;
    };
  }

  private boolean refers(Attributes attributes) {
    return REFERENCES.stream().anyMatch(name -> gone.contains(attributes.get(name, "")));
  }

  /** The elements without references to what is gone; null when no set is left. */
  private @Nullable List<Element> sets(List<Element> others) {
    List<Element> left = new ArrayList<>();
    int before = 0;
    int after = 0;
    for (Element each : others) {
      if (!each.name().equals("resource_set")) {
        left.add(each);
        continue;
      }
      before++;
      List<Element> members = new ArrayList<>(each.children());
      members.removeIf(member ->
          member.name().equals("resource_ref") && gone.contains(member.attributes().get("id", "")));
      if (!members.isEmpty()) {
        after++;
        left.add(
            members.size() == each.children().size()
                ? each
                : Element.of(each.name(), each.attributes(), members));
      }
    }
    return before > 0 && after == 0 ? null : left;
  }

  private @Nullable FencingLevel rest(FencingLevel level) {
    List<String> devices =
        new ArrayList<>(List.of(level.attributes().get("devices", "").split(",", -1)));
    if (!devices.removeIf(each -> gone.contains(each.strip()))) {
      return level;
    }
    return devices.isEmpty()
        ? null
        : new FencingLevel(
            level.attributes().with("devices", String.join(",", devices)), level.others());
  }
}
