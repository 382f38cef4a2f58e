package org.ringward.core.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.AttributeSet;
import org.ringward.core.cib.CibXml;
import org.ringward.core.cib.Group;
import org.ringward.core.cib.Operation;
import org.ringward.core.cib.Primitive;
import org.ringward.core.cib.Resource;

/** Chapter 2: the resources as they are configured, with the meta attributes that hold. */
final class ResourceFacts {
  private final Situation situation;
  private final Map<String, String> operationDefaults = new LinkedHashMap<>();

  private ResourceFacts(Situation situation) {
    this.situation = situation;
    situation.attributeRules.collect(
        situation.cib.configuration().operationDefaults(),
        "meta_attributes",
        null,
        operationDefaults);
    situation.defaultOperation =
        new OperationSettings(
            "",
            0,
            true,
            null,
            timeout(operationDefaults.get("timeout")),
            operationDefaults,
            Map.of());
  }

  static void unpack(Situation situation) {
    ResourceFacts facts = new ResourceFacts(situation);
    for (Resource resource : situation.cib.configuration().resources()) {
      if (situation.resourcesById.containsKey(resource.id())) {
        situation.warnings.add("resource " + resource.id() + " is configured twice");
        continue;
      }
      switch (resource) {
        case Primitive primitive -> situation.resources.add(facts.primitive(primitive, null));
        case Group group -> facts.group(group);
        default -> {
          situation.leftAside.add(resource.id());
          situation.warnings.add(
              "resource "
                  + resource.id()
                  + ": kind "
                  + CibXml.toElement(resource).name()
                  + " is not built yet, the resource is left alone");
        }
      }
    }
    // The most important first; equal ones stay in the order of the configuration.
    situation.resources.sort((a, b) -> Integer.compare(b.priority, a.priority));
    for (PolicyResource resource : situation.resources) {
      situation.primitives.addAll(resource.primitives());
    }
  }

  private void group(Group configured) {
    GroupResource group = new GroupResource(situation, configured);
    common(group, configured.sets(), List.of());
    if (configured.members().isEmpty()) {
      situation.warnings.add("group " + group.id + " has no members");
      return;
    }
    for (Primitive member : configured.members()) {
      group.members.add(primitive(member, group));
    }
    group.takeRolesFromMeta();
    situation.resourcesById.put(group.id, group);
    situation.resources.add(group);
  }

  private PrimitiveResource primitive(Primitive configured, @Nullable GroupResource parent) {
    PrimitiveResource resource =
        new PrimitiveResource(
            situation,
            configured.id(),
            parent,
            configured,
            configured.agentClass(),
            configured.provider(),
            configured.type());
    common(resource, configured.sets(), parent == null ? List.of() : parent.configured.sets());
    if (resource.isFencingDevice()) {
      situation.hasFencingDevice = true;
    }
    resource.requires = requires(resource);
    resource.multipleActive = multipleActive(resource.meta.get("multiple-active"));
    for (Operation operation : configured.operations()) {
      OperationSettings settings = settings(operation);
      if (resource.operation(settings.name(), settings.intervalMs()) == null) {
        resource.operations.add(settings);
      } else if (settings.intervalMs() > 0) {
        resource.ambiguous.add(resource.operationKey(settings.name(), settings.intervalMs()));
        situation.warnings.add(
            "resource "
                + resource.id
                + ": operation "
                + settings.name()
                + " with the same interval is configured twice, neither is scheduled");
      }
    }
    situation.resourcesById.put(resource.id, resource);
    return resource;
  }

  /** What all variants have in common. */
  private void common(PolicyResource resource, List<AttributeSet> own, List<AttributeSet> shared) {
    AttributeRules rules = situation.attributeRules;
    rules.collect(own, "meta_attributes", null, resource.meta);
    rules.collect(shared, "meta_attributes", null, resource.meta);
    rules.collect(
        situation.cib.configuration().resourceDefaults(), "meta_attributes", null, resource.meta);
    Map<String, String> meta = resource.meta;
    resource.priority = Values.score(meta.get("priority"), 0);
    String stickiness = meta.get("resource-stickiness");
    resource.stickiness =
        Values.score(
            "default".equals(stickiness) || stickiness == null
                ? situation.options.resourceStickiness()
                : stickiness,
            0);
    int threshold = Values.score(meta.get("migration-threshold"), Scores.INFINITY);
    resource.migrationThreshold = threshold < 0 ? Scores.INFINITY : threshold;
    resource.failureTimeoutMs = Math.max(0, Values.milliseconds(meta.get("failure-timeout"), 0));
    resource.managed = Values.truth(meta.get("is-managed"), true);
    resource.maintenance =
        situation.options.maintenanceMode() || Values.truth(meta.get("maintenance"), false);
    if (resource.maintenance) {
      resource.managed = false;
    }
    targetRole(resource, meta.get("target-role"));
  }

  private void targetRole(PolicyResource resource, @Nullable String text) {
    if (text == null || text.equals("#default")) {
      return;
    }
    switch (text.toLowerCase(Locale.ROOT)) {
      case "stopped" -> {
        resource.nextRole = Role.STOPPED;
        resource.stoppedBecause = "target-role";
      }
      case "started", "promoted", "master", "unpromoted", "slave" ->
          resource.nextRole = Role.STARTED;
      default ->
          situation.warnings.add(
              "resource " + resource.id + ": target-role " + text + " is not known, ignored");
    }
  }

  private PrimitiveResource.Requires requires(PrimitiveResource resource) {
    String text = resource.meta.get("requires");
    boolean fencing = situation.options.fencingEnabled();
    PrimitiveResource.Requires otherwise =
        resource.isFencingDevice() || !fencing
            ? PrimitiveResource.Requires.QUORUM
            : PrimitiveResource.Requires.FENCING;
    return switch (text == null ? "" : text.toLowerCase(Locale.ROOT)) {
      case "nothing" -> PrimitiveResource.Requires.NOTHING;
      case "quorum" -> PrimitiveResource.Requires.QUORUM;
      case "fencing" ->
          fencing ? PrimitiveResource.Requires.FENCING : PrimitiveResource.Requires.QUORUM;
      default -> otherwise;
    };
  }

  private static PrimitiveResource.MultipleActive multipleActive(@Nullable String text) {
    return switch (text == null ? "" : text) {
      case "block" -> PrimitiveResource.MultipleActive.BLOCK;
      case "stop_only" -> PrimitiveResource.MultipleActive.STOP_ONLY;
      case "stop_unexpected" -> PrimitiveResource.MultipleActive.STOP_UNEXPECTED;
      default -> PrimitiveResource.MultipleActive.STOP_START;
    };
  }

  private OperationSettings settings(Operation operation) {
    Map<String, String> meta = new TreeMap<>();
    operation
        .attributes()
        .map()
        .forEach((name, value) -> {
          if (!name.equals("id") && !name.equals("name") && !name.equals("interval")) {
            meta.put(name, value);
          }
        });
    situation.attributeRules.collect(operation.sets(), "meta_attributes", null, meta);
    operationDefaults.forEach(meta::putIfAbsent);
    Map<String, String> parameters = new TreeMap<>();
    situation.attributeRules.collect(operation.sets(), "instance_attributes", null, parameters);
    return new OperationSettings(
        operation.name(),
        Math.max(0, Values.milliseconds(operation.attributes().get("interval"), 0)),
        Values.truth(meta.get("enabled"), true),
        meta.get("role"),
        timeout(meta.get("timeout")),
        meta,
        parameters);
  }

  private static long timeout(@Nullable String text) {
    long timeout = Values.milliseconds(text, OperationSettings.DEFAULT_TIMEOUT_MS);
    return timeout > 0 ? timeout : OperationSettings.DEFAULT_TIMEOUT_MS;
  }
}
