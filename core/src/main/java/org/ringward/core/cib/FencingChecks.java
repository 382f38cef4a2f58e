package org.ringward.core.cib;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ringward.core.config.Nearest;

/** Fencing: that there is any, that levels name devices, that devices name nodes. */
final class FencingChecks {
  private static final Option INDEX = Option.of("index", new Option.Whole(1, 9), null, "");

  private final Configuration configuration;
  private final KnownNodes nodes;
  private final FindingList findings;
  private final List<String> devices;

  FencingChecks(Configuration configuration, KnownNodes nodes, FindingList findings) {
    this.configuration = configuration;
    this.nodes = nodes;
    this.findings = findings;
    this.devices =
        configuration.primitives().stream()
            .filter(Primitive::isFencingDevice)
            .map(Primitive::id)
            .toList();
  }

  void check() {
    enabled();
    for (Primitive primitive : configuration.primitives()) {
      if (primitive.isFencingDevice()) {
        hosts(primitive);
        covers(primitive);
      }
    }
    Set<String> seen = new LinkedHashSet<>();
    for (FencingLevel level : configuration.topology()) {
      level(level, seen);
    }
  }

  private void enabled() {
    ClusterProperties properties = ClusterProperties.of(configuration);
    boolean resources = configuration.primitives().size() > devices.size();
    if (!properties.isTrue("fencing-enabled")) {
      findings.warning(
          Attributes.NONE,
          "fencing-enabled",
          "fencing is switched off: when a node fails, its resources may run twice and damage data");
    } else if (resources
        && devices.isEmpty()
        && properties.millis("fencing-watchdog-timeout") == 0) {
      findings.warning(
          Attributes.NONE,
          "fencing-enabled",
          "fencing is enabled, but there is no fencing device: when a node fails, its resources"
              + " stay where they were until a person confirms that it is off");
    }
  }

  /** What a device covers is there, and is nothing of which several instances run. */
  private void covers(Primitive device) {
    String covers = configuration.effective(device).meta("covers");
    if (covers == null) {
      return;
    }
    String key = "covers of primitive " + device.id();
    if (device.type().startsWith("external/")) {
      findings.error(
          device.attributes(),
          key,
          key + " is of no use: %s has no status that could show the cut".formatted(device.type()));
    }
    if ("unfencing".equals(configuration.effective(device).meta("provides"))) {
      findings.error(
          device.attributes(),
          key,
          key
              + " and provides=unfencing exclude each other: a node gets back what was cut when it"
              + " runs nothing of it any more, not when it starts");
    }
    for (String name : covers.strip().split("[\\s,;]+", -1)) {
      @Nullable Resource found = configuration.resource(name);
      if (found == null) {
        findings.error(
            device.attributes(),
            key,
            key + " names the resource " + name + ", which does not exist");
      } else if (devices.contains(name) || isRepeated(name)) {
        findings.error(
            device.attributes(),
            key,
            key + " names " + name + "; allowed are primitives and groups that are no clones");
      } else if (found.primitives().stream().anyMatch(this::mayMigrate)) {
        findings.warning(
            device.attributes(),
            key,
            key + " names " + name + ", which may migrate live and so is not covered");
      }
    }
  }

  private boolean mayMigrate(Primitive primitive) {
    return Booleans.isTrue(configuration.effective(primitive).meta("allow-migrate"));
  }

  private boolean isRepeated(String name) {
    return configuration.resources().stream()
        .filter(top -> top instanceof Clone || top instanceof Bundle)
        .anyMatch(top ->
            top.id().equals(name)
                || top.primitives().stream().anyMatch(each -> each.id().equals(name))
                || top.inner().stream().anyMatch(each -> each.id().equals(name)));
  }

  private void hosts(Primitive device) {
    String list = device.parameter("pcmk_host_list");
    if (list != null) {
      for (String host : list.strip().split("[\\s,;]+", -1)) {
        host(host, "pcmk_host_list", device);
      }
    }
    String map = device.parameter("pcmk_host_map");
    if (map != null) {
      for (String pair : map.strip().split("[\\s;]+", -1)) {
        // A backslash keeps a separator in a name; such names are left to the agent.
        if (!pair.contains("\\") && pair.matches(".+[:=].+")) {
          host(pair.split("[:=]", 2)[0], "pcmk_host_map", device);
        }
      }
    }
  }

  private void host(String host, String parameter, Primitive device) {
    nodes.check(host, device.attributes(), parameter + " of primitive " + device.id(), findings);
  }

  private void level(FencingLevel level, Set<String> seen) {
    Attributes where = level.attributes();
    String key = "fencing level " + level.id();
    String index = where.get("index");
    if (index == null) {
      findings.error(where, key, key + " has no index; allowed: " + INDEX.type().range());
    } else {
      new OptionChecks(findings).value(INDEX, "index of " + key, index, where);
    }
    target(where, key);
    String of =
        where.get("target")
            + " "
            + where.get("target-pattern")
            + " "
            + where.get("target-attribute")
            + " "
            + where.get("target-value");
    if (!seen.add(index + " " + of)) {
      findings.error(where, key, key + ": there is another level " + index + " of the same target");
    }
    String names = where.get("devices", "").strip();
    if (names.isEmpty()) {
      findings.error(where, key, key + " names no devices");
      return;
    }
    for (String device : names.split(",", -1)) {
      device(device.strip(), where, key);
    }
  }

  private void target(Attributes where, String key) {
    int targets = 0;
    for (String name : List.of("target", "target-pattern", "target-attribute")) {
      targets += where.has(name) ? 1 : 0;
    }
    if (targets != 1 || where.has("target-attribute") != where.has("target-value")) {
      findings.error(
          where,
          key,
          key + " must have one of target, target-pattern, or target-attribute with target-value");
    }
    nodes.check(where.get("target"), where, key, findings);
  }

  private void device(String device, Attributes where, String key) {
    if (devices.contains(device)) {
      if (configuration.resource(device) instanceof Primitive primitive
          && configuration.effective(primitive).meta("covers") != null) {
        findings.error(
            where,
            key,
            key
                + " names the device "
                + device
                + ", which cuts the access to what it covers only, before all levels");
      }
      return;
    }
    @Nullable String nearest = Nearest.of(device, new ArrayList<>(devices));
    String hint = nearest == null ? "" : ", did you mean " + nearest + "?";
    String what =
        configuration.resource(device) == null
            ? "which does not exist"
            : "which is no fencing device";
    findings.error(where, key, key + " names the device " + device + ", " + what + hint);
  }
}
