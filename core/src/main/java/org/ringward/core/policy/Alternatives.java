package org.ringward.core.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.AttributeSet;
import org.ringward.core.cib.Booleans;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.Clone;
import org.ringward.core.cib.ClusterProperties;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.ConfigurationDiff;
import org.ringward.core.cib.Constraint;
import org.ringward.core.cib.Group;
import org.ringward.core.cib.NodeEntry;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.Nvpair;
import org.ringward.core.cib.Primitive;
import org.ringward.core.cib.Resource;
import org.ringward.core.cib.ResourceHistory;
import org.ringward.core.policy.facts.Facts;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.report.StatusModification;
import org.ringward.core.policy.report.StatusModification.Kind;
import org.ringward.core.policy.report.StatusModifications;

/**
 * What would have made the place of a resource different: every single thing that may matter is
 * changed alone, and the scheduler says where the resource would be then. Nothing is guessed from
 * scores.
 */
public final class Alternatives {
  /** Of a configuration with hundreds of constraints not all are tried while a person waits. */
  private static final int CONSTRAINTS_MAX = 60;

  private final Cib cib;
  private final Configuration configuration;
  private final long now;
  private final Resource resource;
  private final String place;
  private final List<Trial> trials = new ArrayList<>();

  /**
   * One change, tried alone.
   *
   * @param change what is different, as a condition: "without location web-n3"
   */
  public record Trial(String change, Cib cib) {}

  /**
   * A change that matters.
   *
   * @param outcome where the resource would be then
   */
  public record Difference(String change, String outcome) {}

  private Alternatives(Cib cib, long now, Resource resource) {
    this.cib = cib;
    this.configuration = cib.configuration();
    this.now = now;
    this.resource = resource;
    this.place = place(cib);
  }

  /**
   * What is to be tried for a resource that is configured; works out where it is to be now.
   *
   * @param now seconds since 1970
   */
  public static Alternatives of(Cib cib, long now, Resource resource) {
    Alternatives alternatives = new Alternatives(cib, now, resource);
    alternatives.intentions();
    alternatives.constraints();
    alternatives.stickiness();
    alternatives.failures();
    alternatives.nodes();
    alternatives.cluster();
    return alternatives;
  }

  /** Everything that is to be tried, what is nearest to the resource first. */
  public List<Trial> trials() {
    return List.copyOf(trials);
  }

  /** Tries one change; null when the resource would be where it is to be anyway. */
  public @Nullable Difference outcome(Trial trial) {
    String then = place(trial.cib());
    return then.equals(place) ? null : new Difference(trial.change(), then);
  }

  // ---- where it would be ----

  private String place(Cib of) {
    Facts facts = Facts.read(of, now);
    Scheduler.graph(facts);
    TreeSet<String> places = new TreeSet<>();
    boolean known = false;
    for (PrimitiveResource each : facts.situation().primitives()) {
      if (isPartOf(each)) {
        known = true;
        if (each.assigned != null && each.nextRole != Role.STOPPED) {
          String role = each.nextRole == Role.PROMOTED ? " (promoted)" : "";
          places.add(each.assigned.name + role);
        }
      }
    }
    if (!known) {
      return "it would not be placed";
    }
    return places.isEmpty()
        ? "it would run nowhere"
        : "it would run on " + String.join(", ", places);
  }

  private boolean isPartOf(PrimitiveResource primitive) {
    for (PolicyResource each = primitive; each != null; each = each.parent) {
      if (each.configuredId.equals(resource.id()) || each.id.equals(resource.id())) {
        return true;
      }
    }
    return false;
  }

  // ---- what is tried ----

  private void tried(String change, Configuration changed) {
    if (!changed.equals(configuration)) {
      trials.add(new Trial(change, cib.withConfiguration(changed)));
    }
  }

  /** What people want of the resource itself. */
  private void intentions() {
    for (Resource each : own()) {
      String role = meta(each, "target-role");
      if (role != null && !role.equalsIgnoreCase("Started")) {
        tried(
            "if target-role of %s were Started instead of %s".formatted(each.id(), role),
            with(each, "target-role", "Started"));
      }
      String managed = meta(each, "is-managed");
      if (managed != null && !Booleans.isTrue(managed)) {
        tried("if %s were managed".formatted(each.id()), with(each, "is-managed", "true"));
      }
      if (Booleans.isTrue(meta(each, "maintenance"))) {
        tried(
            "if %s were not in maintenance".formatted(each.id()),
            with(each, "maintenance", "false"));
      }
    }
  }

  /** The resource, and what it is in or made of. */
  private List<Resource> own() {
    List<Resource> own = new ArrayList<>();
    for (Resource each : configuration.resources()) {
      collect(each, false, own);
    }
    return own;
  }

  /** Whether the resource is the one that is asked about, or has it inside. */
  private boolean collect(Resource each, boolean inside, List<Resource> own) {
    boolean here = inside || each.id().equals(resource.id());
    boolean below = false;
    List<Resource> found = new ArrayList<>();
    for (Resource inner : each.inner()) {
      below |= collect(inner, here, found);
    }
    if (here || below) {
      own.add(each);
      own.addAll(found);
    }
    return here || below;
  }

  private static @Nullable String meta(Resource each, String name) {
    return switch (each) {
      case Primitive primitive -> primitive.meta(name);
      case Group group -> group.meta(name);
      case Clone clone -> clone.meta(name);
      default -> null;
    };
  }

  private Configuration with(Resource each, String name, String value) {
    return switch (each) {
      case Primitive primitive -> configuration.withResource(primitive.withMeta(name, value));
      case Group group -> configuration.withResource(group.withMeta(name, value));
      case Clone clone -> configuration.withResource(clone.withMeta(name, value));
      default -> configuration;
    };
  }

  /** Those that name the resource first. */
  private void constraints() {
    List<String> names = own().stream().map(Resource::id).toList();
    List<Constraint> near = new ArrayList<>();
    List<Constraint> far = new ArrayList<>();
    for (Constraint each : configuration.constraints()) {
      boolean named = names.stream().anyMatch(name -> mentions(each, name));
      (named ? near : far).add(each);
    }
    near.addAll(far);
    for (Constraint each : near.subList(0, Math.min(near.size(), CONSTRAINTS_MAX))) {
      List<Constraint> left = new ArrayList<>(configuration.constraints());
      left.remove(each);
      tried("without " + ConfigurationDiff.name(each), configuration.withConstraints(left));
    }
  }

  private static boolean mentions(Constraint constraint, String name) {
    return ConfigurationDiff.name(constraint).contains(name);
  }

  /** Both ways: what holds it where it is, and what could have held it where it was. */
  private void stickiness() {
    for (Resource each : configuration.resources()) {
      List<Resource> own = new ArrayList<>();
      if (collect(each, false, own)) {
        tried("with resource-stickiness 0 for " + each.id(), stuck(each, "0"));
        tried("with resource-stickiness INFINITY for " + each.id(), stuck(each, "INFINITY"));
      }
    }
  }

  private Configuration stuck(Resource each, String score) {
    Configuration changed = configuration;
    for (Primitive primitive : each.primitives()) {
      changed = changed.withResource(primitive.withMeta("resource-stickiness", score));
    }
    return changed;
  }

  private void failures() {
    List<String> names = own().stream().map(Resource::id).toList();
    for (NodeState state : cib.status().nodes()) {
      NodeState clean = state;
      for (ResourceHistory history : state.histories()) {
        if (names.contains(plain(history.id()))) {
          clean = forgiven(clean, history);
        }
      }
      if (!clean.equals(state)) {
        trials.add(
            new Trial(
                "if it had not failed on " + state.uname(),
                cib.withStatus(cib.status().withNode(clean))));
      }
    }
  }

  private static String plain(String id) {
    int colon = id.lastIndexOf(':');
    return colon < 0 ? id : id.substring(0, colon);
  }

  private static NodeState forgiven(NodeState state, ResourceHistory history) {
    ResourceHistory without = history.without(history.id() + "_last_failure_0");
    NodeState clean = without.equals(history) ? state : state.withHistory(without);
    for (AttributeSet set : state.transientAttributes()) {
      for (Nvpair pair : set.pairs()) {
        boolean count =
            pair.name().startsWith("fail-count-" + plain(history.id()) + "#")
                || pair.name().startsWith("last-failure-" + plain(history.id()) + "#");
        if (count) {
          clean = clean.withoutTransientAttribute(pair.name());
        }
      }
    }
    return clean;
  }

  private void nodes() {
    for (NodeEntry node : configuration.nodes()) {
      if (!node.attributes().get("type", "member").equals("member")) {
        continue;
      }
      NodeState state = cib.status().node(node.uname());
      boolean here = state != null && state.inCcm() && state.crmdOnline();
      if (Booleans.isTrue(node.attribute("standby"))) {
        tried(
            "if %s were not in standby".formatted(node.uname()),
            configuration.withNode(node.withAttribute("standby", "off")));
      }
      if (Booleans.isTrue(node.attribute("maintenance"))) {
        tried(
            "if %s were not in maintenance".formatted(node.uname()),
            configuration.withNode(node.withAttribute("maintenance", "false")));
      }
      if (!here) {
        trials.add(new Trial("if %s were a member".formatted(node.uname()), joined(node.uname())));
      } else {
        tried(
            "if %s could not be used".formatted(node.uname()),
            configuration.withNode(node.withAttribute("standby", "on")));
      }
    }
  }

  private Cib joined(String node) {
    return StatusModifications.apply(cib, List.of(new StatusModification(Kind.NODE_UP, node)), now)
        .cib();
  }

  private void cluster() {
    ClusterProperties properties = ClusterProperties.of(configuration);
    if (Booleans.isTrue(configuration.property("maintenance-mode"))) {
      tried(
          "if the cluster were not in maintenance",
          configuration.withProperty("maintenance-mode", "false"));
    }
    if (Booleans.isTrue(configuration.property("stop-all-resources"))) {
      tried(
          "if stop-all-resources were off",
          configuration.withProperty("stop-all-resources", "false"));
    }
    String strategy = properties.value("placement-strategy");
    if (strategy != null && !strategy.equals("default")) {
      tried(
          "with placement-strategy default instead of " + strategy,
          configuration.withProperty("placement-strategy", "default"));
    }
    if (!Booleans.isTrue(cib.attributes().get("have-quorum", "1"))) {
      trials.add(new Trial("if this side had quorum", cib.withQuorum(true)));
    }
  }
}
