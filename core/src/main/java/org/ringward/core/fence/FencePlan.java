package org.ringward.core.fence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.ClusterProperties;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.Constraint;
import org.ringward.core.cib.Durations;
import org.ringward.core.cib.FencingLevel;
import org.ringward.core.cib.Location;
import org.ringward.core.cib.NodeEntry;
import org.ringward.core.cib.Primitive;
import org.ringward.core.cib.Resource;
import org.ringward.core.cib.Score;

/**
 * Which devices fence a node, in which order, and who may run them: by the topology, else every
 * device that can fence the node, by falling priority. Whether a device that is asked at run time
 * (pcmk_host_check dynamic-list, status, or not configured) can fence the node is not known here:
 * it counts as able.
 */
public final class FencePlan {
  private static final long DEFAULT_TIMEOUT_MILLIS = 60_000;

  /**
   * All devices of a level must succeed.
   *
   * @param problems why the level cannot succeed, empty when it may
   */
  record Level(int index, List<FenceDevice> devices, List<String> problems) {
    Level {
      devices = List.copyOf(devices);
      problems = List.copyOf(problems);
    }
  }

  private final Configuration configuration;
  private final String target;
  private final boolean letsIn;
  private final Map<String, FenceDevice> devices = new LinkedHashMap<>();
  private final List<Level> levels = new ArrayList<>();
  private final List<String> rejected = new ArrayList<>();

  private FencePlan(Configuration configuration, String target, boolean letsIn) {
    this.configuration = configuration;
    this.target = target;
    this.letsIn = letsIn;
    for (Resource resource : configuration.resources()) {
      resource.primitives().forEach(each -> add(configuration.effective(each)));
    }
  }

  private void add(Primitive primitive) {
    if (primitive.isFencingDevice()) {
      devices.put(primitive.id(), new FenceDevice(primitive));
    }
  }

  /** The plan for a node by the configuration in force. */
  public static FencePlan of(Configuration configuration, String target) {
    return plan(configuration, target, false);
  }

  /**
   * The plan by which a node is let in again ("on", unfencing): every device that says so with the
   * meta attribute provides=unfencing, all in one level; where there is none, as it is fenced.
   */
  public static FencePlan toLetIn(Configuration configuration, String target) {
    FencePlan plan = new FencePlan(configuration, target, true);
    List<FenceDevice> must = plan.devices.values().stream().filter(FenceDevice::unfences).toList();
    List<FenceDevice> able = must.stream().filter(each -> plan.problem(each) == null).toList();
    if (able.isEmpty()) {
      return plan(configuration, target, true);
    }
    plan.levels.add(new Level(1, able, List.of()));
    return plan;
  }

  private static FencePlan plan(Configuration configuration, String target, boolean letsIn) {
    FencePlan plan = new FencePlan(configuration, target, letsIn);
    List<FencingLevel> topology = plan.topology();
    if (topology.isEmpty()) {
      plan.levelPerDevice();
    } else {
      topology.forEach(plan::addLevel);
    }
    return plan;
  }

  /** The ids of the devices, level by level; levels that cannot succeed are left out. */
  public List<List<String>> deviceIds() {
    return levels.stream()
        .filter(level -> level.problems().isEmpty())
        .map(level -> level.devices().stream().map(FenceDevice::id).toList())
        .toList();
  }

  /** Why devices or levels do not count, a sentence each. */
  public List<String> rejected() {
    return List.copyOf(rejected);
  }

  /** Whether no device can fence the node. */
  public boolean isEmpty() {
    return deviceIds().isEmpty();
  }

  /**
   * The members that may run the plan, best first: who may use the most levels, then in the given
   * order; the target only to let itself in, and then before all others: what revokes access to
   * storage can give it back only there.
   */
  public List<String> executors(List<String> members) {
    return members.stream()
        .filter(member -> (letsIn || !isTarget(member)) && usableLevels(member) > 0)
        .sorted(
            Comparator.comparing((String member) -> !isTarget(member))
                .thenComparingLong(member -> -usableLevels(member)))
        .toList();
  }

  private boolean isTarget(String node) {
    return node.equalsIgnoreCase(target);
  }

  private long usableLevels(String node) {
    return levels.stream()
        .filter(level -> level.problems().isEmpty())
        .filter(level -> level.devices().stream().noneMatch(device -> banned(device, node)))
        .count();
  }

  /** Whether a location constraint of -INFINITY keeps the device from the node. */
  boolean banned(FenceDevice device, String node) {
    for (Constraint constraint : configuration.constraints()) {
      if (constraint instanceof Location location
          && location.attributes().get("rsc", "").equals(device.id())
          && location.attributes().get("node", "").equalsIgnoreCase(node)
          && Score.parse(location.attributes().get("score", "")).orElse(0) == -Score.INFINITY) {
        return true;
      }
    }
    return false;
  }

  List<Level> levels() {
    return List.copyOf(levels);
  }

  /** How long an action may take where the device does not say. */
  long timeoutMillis() {
    String timeout = configuration.property("fencing-timeout");
    if (timeout == null) {
      timeout = configuration.property("stonith-timeout");
    }
    return Durations.millis(timeout, DEFAULT_TIMEOUT_MILLIS);
  }

  /** Whether a device that says it switched off is asked for its status. */
  boolean looksAfterOff() {
    return ClusterProperties.of(configuration).isTrue("fencing-status-check");
  }

  /**
   * A level for people.
   *
   * @param problems why it cannot succeed, a sentence each, empty when it may
   */
  public record Rank(int index, List<String> devices, List<String> problems) {
    public Rank {
      devices = List.copyOf(devices);
      problems = List.copyOf(problems);
    }
  }

  /** All levels in their order; without topology each device is a level of its own. */
  public List<Rank> ranks() {
    return levels.stream()
        .map(level ->
            new Rank(
                level.index(),
                level.devices().stream().map(FenceDevice::id).toList(),
                level.problems()))
        .toList();
  }

  /** The fencing devices of a configuration, in its order. */
  public static List<DeviceSummary> devices(Configuration configuration) {
    return new FencePlan(configuration, "", false)
        .devices.values().stream().map(FenceDevice::summary).toList();
  }

  private void levelPerDevice() {
    List<FenceDevice> byPriority =
        devices.values().stream()
            .sorted(Comparator.comparingInt((FenceDevice device) -> -device.priority()))
            .toList();
    for (FenceDevice device : byPriority) {
      String problem = problem(device);
      if (problem == null) {
        levels.add(new Level(levels.size() + 1, List.of(device), List.of()));
      } else {
        rejected.add(problem);
      }
    }
  }

  private void addLevel(FencingLevel level) {
    List<FenceDevice> members = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (String id : DeviceText.names(level.attributes().get("devices", ""))) {
      FenceDevice device = devices.get(id);
      String problem =
          device == null ? "there is no fencing device \"%s\"".formatted(id) : problem(device);
      if (device != null && problem == null) {
        members.add(device);
      } else if (problem != null) {
        problems.add("fencing level %s: %s".formatted(level.id(), problem));
      }
    }
    if (members.isEmpty() && problems.isEmpty()) {
      problems.add("fencing level %s names no devices".formatted(level.id()));
    }
    rejected.addAll(problems);
    levels.add(new Level(index(level), members, problems));
  }

  private @Nullable String problem(FenceDevice device) {
    String problem = device.problem();
    if (problem == null
        && device.hostCheck() == FenceDevice.HostCheck.STATIC_LIST
        && !device.lists(target)) {
      problem =
          "device %s does not list %s in pcmk_host_list or pcmk_host_map"
              .formatted(device.id(), target);
    }
    return problem;
  }

  /** The levels of the target by index: those by name, else by pattern, else by attribute. */
  private List<FencingLevel> topology() {
    List<Predicate<FencingLevel>> kinds =
        List.of(
            level -> level.attributes().get("target", "").equalsIgnoreCase(target),
            this::matchesPattern,
            this::matchesAttribute);
    for (Predicate<FencingLevel> kind : kinds) {
      List<FencingLevel> found =
          configuration.topology().stream()
              .filter(kind)
              .sorted(Comparator.comparingInt(FencePlan::index))
              .toList();
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  private boolean matchesPattern(FencingLevel level) {
    String pattern = level.attributes().get("target-pattern");
    if (pattern == null) {
      return false;
    }
    try {
      return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE).matcher(target).find();
    } catch (PatternSyntaxException e) {
      rejected.add(
          "fencing level %s: target-pattern \"%s\" is no regular expression"
              .formatted(level.id(), pattern));
      return false;
    }
  }

  private boolean matchesAttribute(FencingLevel level) {
    String attribute = level.attributes().get("target-attribute");
    String value = level.attributes().get("target-value");
    if (attribute == null || value == null) {
      return false;
    }
    for (NodeEntry node : configuration.nodes()) {
      if (node.uname().equalsIgnoreCase(target)) {
        return value.equals(node.attribute(attribute));
      }
    }
    return false;
  }

  private static int index(FencingLevel level) {
    String index = level.attributes().get("index", "");
    return index.matches("[0-9]{1,4}") ? Integer.parseInt(index) : 0;
  }
}
