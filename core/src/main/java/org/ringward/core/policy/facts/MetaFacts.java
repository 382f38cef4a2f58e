package org.ringward.core.policy.facts;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Element;
import org.ringward.core.policy.model.CloneResource;
import org.ringward.core.policy.model.ClusterOptions;
import org.ringward.core.policy.model.CollectiveResource;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.Scores;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.model.Values;
import org.ringward.core.policy.rule.RuleInput;
import org.ringward.core.policy.rule.Rules;

/** Reads meta attributes: own ones, then those of what a resource is in, then the defaults. */
final class MetaFacts {
  private final Situation situation;
  private final Rules rules;
  private final @Nullable Element defaults;

  /** Instances of a clone share their element, and so what is written there. */
  private final IdentityHashMap<Element, Map<String, String>> own = new IdentityHashMap<>();

  MetaFacts(Facts facts) {
    this.situation = facts.situation();
    this.rules = facts.rules();
    this.defaults = Xml.child(situation.configuration, "rsc_defaults");
  }

  /** Fills in the meta attributes and all that follows from them for any kind of resource. */
  void read(PolicyResource resource) {
    resource.meta = collect(resource);
    Map<String, String> meta = resource.meta;
    resource.priority = Values.score(meta.get("priority"), 0);
    resource.stickiness = stickiness(resource);
    resource.critical = Values.truth(meta.get("critical"), true);
    resource.maintenance =
        situation.options.maintenanceMode || Values.truth(meta.get("maintenance"), false);
    resource.managed = !resource.maintenance && Values.truth(meta.get("is-managed"), true);
    resource.targetRole = Role.of(meta.get("target-role"));
    resource.nextRole = demanded(resource);
    if (resource.nextRole != Role.UNKNOWN) {
      resource.nextRoleReason = "target-role";
    }
    if (resource instanceof PrimitiveResource primitive) {
      primitive(primitive, meta);
    }
  }

  private void primitive(PrimitiveResource primitive, Map<String, String> meta) {
    int threshold = Values.score(meta.get("migration-threshold"), Scores.INFINITY);
    primitive.migrationThreshold = threshold < 0 ? Scores.INFINITY : threshold;
    primitive.failureTimeoutMs = Math.max(0, Values.milliseconds(meta.get("failure-timeout"), 0));
    primitive.requires = requires(primitive, meta.get("requires"));
    primitive.multipleActive = multipleActive(meta.get("multiple-active"));
    boolean connection = RemoteNodes.isConnection(primitive.element);
    primitive.allowMigrate = Values.truth(meta.get("allow-migrate"), connection);
    RuleInput input =
        RuleInput.NONE.withAgent(primitive.agentClass, primitive.provider, primitive.type);
    rules
        .values(primitive.element, "utilization", input)
        .forEach((name, value) -> primitive.utilization.put(name, Values.score(value, 0)));
    if (connection) {
      String interval =
          rules.values(primitive.element, "instance_attributes", input).get("reconnect_interval");
      primitive.reconnectIntervalMs = Math.max(0, Values.milliseconds(interval, 0));
      if (primitive.reconnectIntervalMs > 0) {
        // A failure may not be forgotten before the next attempt, nor be remembered longer.
        primitive.failureTimeoutMs = primitive.reconnectIntervalMs;
      }
    }
  }

  private Map<String, String> collect(PolicyResource resource) {
    RuleInput input = RuleInput.NONE;
    if (resource instanceof PrimitiveResource primitive) {
      input = input.withAgent(primitive.agentClass, primitive.provider, primitive.type);
    }
    Map<String, String> meta = new LinkedHashMap<>(own(resource.element, input));
    for (CollectiveResource outer = resource.parent; outer != null; outer = outer.parent) {
      own(outer.element, input).forEach(meta::putIfAbsent);
    }
    if (defaults != null) {
      rules.values(defaults, "meta_attributes", input).forEach(meta::putIfAbsent);
    }
    return meta;
  }

  private Map<String, String> own(Element element, RuleInput input) {
    Map<String, String> known = own.get(element);
    if (known == null) {
      known = rules.values(element, "meta_attributes", input);
      own.put(element, known);
    }
    return known;
  }

  private int stickiness(PolicyResource resource) {
    String text = resource.meta.get("resource-stickiness");
    if (text == null || text.equals("default")) {
      text = situation.options.defaultResourceStickiness;
    }
    // Instances of a clone stay where they are unless something speaks against it.
    return Values.score(text, resource.cloneAround() == null ? 0 : 1);
  }

  /** What target-role demands beyond what happens anyway; UNKNOWN when it demands nothing. */
  static Role demanded(PolicyResource resource) {
    Role role = resource.targetRole;
    return switch (role) {
      case STOPPED -> role;
      case UNPROMOTED -> promotable(resource) ? role : Role.UNKNOWN;
      case UNKNOWN, STARTED, PROMOTED -> Role.UNKNOWN;
    };
  }

  private static boolean promotable(PolicyResource resource) {
    CloneResource clone = resource.cloneAround();
    return clone != null && clone.promotable;
  }

  private PrimitiveResource.Requires requires(PrimitiveResource resource, @Nullable String text) {
    ClusterOptions options = situation.options;
    return switch (text == null ? "" : text.toLowerCase(Locale.ROOT)) {
      case "nothing" -> PrimitiveResource.Requires.NOTHING;
      case "quorum" -> PrimitiveResource.Requires.QUORUM;
      case "fencing" -> PrimitiveResource.Requires.FENCING;
      case "unfencing" ->
          resource.isFencingDevice() || !options.fencingEnabled
              ? defaultRequires(resource)
              : PrimitiveResource.Requires.UNFENCING;
      default -> defaultRequires(resource);
    };
  }

  private PrimitiveResource.Requires defaultRequires(PrimitiveResource resource) {
    if (resource.isFencingDevice() || RemoteNodes.isConnection(resource.element)) {
      return PrimitiveResource.Requires.QUORUM;
    }
    if (situation.hasUnfencing) {
      return PrimitiveResource.Requires.UNFENCING;
    }
    if (situation.options.fencingEnabled) {
      return PrimitiveResource.Requires.FENCING;
    }
    return situation.options.quorumPolicy == ClusterOptions.QuorumPolicy.IGNORE
        ? PrimitiveResource.Requires.NOTHING
        : PrimitiveResource.Requires.QUORUM;
  }

  private static PrimitiveResource.MultipleActive multipleActive(@Nullable String text) {
    return switch (text == null ? "" : text) {
      case "block" -> PrimitiveResource.MultipleActive.BLOCK;
      case "stop_only" -> PrimitiveResource.MultipleActive.STOP_ONLY;
      case "stop_unexpected" -> PrimitiveResource.MultipleActive.STOP_UNEXPECTED;
      default -> PrimitiveResource.MultipleActive.STOP_START;
    };
  }
}
