package org.ringward.core.fence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.agent.AgentMetadata;
import org.ringward.core.agent.FenceAgent;
import org.ringward.core.cib.AttributeSet;
import org.ringward.core.cib.Durations;
import org.ringward.core.cib.Nvpair;
import org.ringward.core.cib.Primitive;
import org.ringward.core.port.Entropy;

/**
 * A configured fencing device: its agent, the options for the agent, and the attributes that the
 * manager reads itself (pcmk_...; reference/ecosystem.md, A4).
 */
final class FenceDevice {
  private static final int DEFAULT_RETRIES = 2;

  /** A day: no fencing takes longer. */
  private static final long MILLIS_MAX = 86_400_000;

  /** How it is known which nodes a device can fence. */
  enum HostCheck {
    STATIC_LIST,
    DYNAMIC_LIST,
    STATUS,
    NONE,
    /** Not configured: what the agent offers decides. */
    BY_AGENT
  }

  private final Primitive primitive;
  private final SortedMap<String, String> parameters;

  FenceDevice(Primitive primitive) {
    this.primitive = primitive;
    TreeMap<String, String> all = new TreeMap<>();
    for (AttributeSet set : primitive.sets()) {
      if (set.element().equals("instance_attributes")) {
        for (Nvpair pair : set.pairs()) {
          all.putIfAbsent(pair.name(), pair.value());
        }
      }
    }
    this.parameters = Collections.unmodifiableSortedMap(all);
  }

  String id() {
    return primitive.id();
  }

  String agent() {
    return primitive.type();
  }

  /** Higher ones are tried first where no topology says otherwise. */
  int priority() {
    String priority = primitive.meta("priority");
    return priority != null && priority.matches("-?[0-9]{1,7}") ? Integer.parseInt(priority) : 0;
  }

  /** Whether a node needs its "on" before it may use what the device guards. */
  boolean unfences() {
    return "unfencing".equals(primitive.meta("provides"));
  }

  /** Why it cannot be used at all, one sentence; null when it can. */
  @Nullable String problem() {
    if ("stopped".equalsIgnoreCase(primitive.meta("target-role"))) {
      return "device %s is switched off (target-role is Stopped)".formatted(id());
    }
    String problem = FenceAgent.nameProblem(agent());
    if (problem == null) {
      problem = FenceAgent.optionProblem(FenceAgent.deviceOptions(parameters));
    }
    if (problem == null) {
      problem = attributeProblem();
    }
    return problem == null ? null : "device %s: %s".formatted(id(), problem);
  }

  private @Nullable String attributeProblem() {
    String check = parameters.get("pcmk_host_check");
    if (check != null
        && !List.of("static-list", "dynamic-list", "status", "none").contains(check)) {
      return "pcmk_host_check is \"%s\"; allowed are static-list, dynamic-list, status and none"
          .formatted(check);
    }
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      String name = parameter.getKey();
      boolean time = name.startsWith("pcmk_") && name.endsWith("_timeout");
      if ((time || name.equals("pcmk_delay_max"))
          && Durations.millis(parameter.getValue()).isEmpty()) {
        return "%s is \"%s\"; allowed is a time such as 20s or 500ms"
            .formatted(name, parameter.getValue());
      }
    }
    return null;
  }

  /** For people. */
  DeviceSummary summary() {
    String problem = problem();
    return new DeviceSummary(
        id(),
        agent(),
        hosts(),
        parameter("ip", parameter("ipaddr", "")),
        problem == null ? "" : problem);
  }

  private String hosts() {
    List<String> told = new ArrayList<>(DeviceText.names(parameter("pcmk_host_list", "")));
    hostMap().forEach((node, plug) -> told.add(node + " (" + plug + ")"));
    return switch (hostCheck()) {
      case STATIC_LIST -> String.join(", ", told);
      case NONE -> "every node";
      case DYNAMIC_LIST -> "what it lists when it is asked";
      case STATUS -> "whose status it can tell";
      case BY_AGENT -> "what it says when it is asked";
    };
  }

  HostCheck hostCheck() {
    String check = parameters.get("pcmk_host_check");
    if (check == null) {
      boolean told =
          parameters.containsKey("pcmk_host_list") || parameters.containsKey("pcmk_host_map");
      return told ? HostCheck.STATIC_LIST : HostCheck.BY_AGENT;
    }
    return switch (check) {
      case "static-list" -> HostCheck.STATIC_LIST;
      case "dynamic-list" -> HostCheck.DYNAMIC_LIST;
      case "status" -> HostCheck.STATUS;
      default -> HostCheck.NONE;
    };
  }

  /** Whether pcmk_host_list or pcmk_host_map names the node. */
  boolean lists(String node) {
    return DeviceText.contains(DeviceText.names(parameter("pcmk_host_list", "")), node)
        || DeviceText.contains(hostMap().keySet(), node);
  }

  private Map<String, String> hostMap() {
    return DeviceText.pairs(parameter("pcmk_host_map", ""));
  }

  /** What the agent calls the node, as far as the configuration says. */
  String plug(String node, String otherwise) {
    return DeviceText.value(hostMap(), node, otherwise);
  }

  /**
   * What the agent is told to act on a node.
   *
   * @param plug the agent's name of the node
   * @param metadata null when it is not known
   */
  Map<String, String> options(String node, String plug, @Nullable AgentMetadata metadata) {
    Map<String, String> options = FenceAgent.deviceOptions(parameters);
    options.put("nodename", node);
    String argument = hostArgument(metadata);
    if (!argument.equals("none") && options.getOrDefault(argument, "dynamic").equals("dynamic")) {
      options.put(argument, plug);
    }
    return options;
  }

  /** What the agent is told where no node is concerned. */
  Map<String, String> options() {
    return FenceAgent.deviceOptions(parameters);
  }

  private String hostArgument(@Nullable AgentMetadata metadata) {
    String configured = parameters.get("pcmk_host_argument");
    if (configured != null) {
      return configured;
    }
    // Old agents know only port; new ones take it as an old name of plug.
    if (metadata == null || metadata.parameter("port") != null) {
      return "port";
    }
    return metadata.parameter("plug") != null ? "plug" : "none";
  }

  /** What the agent calls an action. */
  String actionName(String action) {
    return parameter("pcmk_" + action + "_action", action);
  }

  long timeoutMillis(String action, long otherwise) {
    return Math.min(
        Durations.millis(parameters.get("pcmk_" + action + "_timeout"), otherwise), MILLIS_MAX);
  }

  /** How often a failed action is tried again while there is time. */
  int retries(String action) {
    return number("pcmk_" + action + "_retries", DEFAULT_RETRIES);
  }

  /** How many agents may work with the device at the same time. */
  int actionLimit() {
    return parameter("pcmk_action_limit", "1").strip().equals("-1")
        ? Integer.MAX_VALUE
        : Math.max(1, number("pcmk_action_limit", 1));
  }

  /**
   * How long to wait before a node's power is cut: pcmk_delay_base and a random part that makes at
   * most pcmk_delay_max of it.
   */
  long delayMillis(String node, Entropy entropy) {
    String text = parameter("pcmk_delay_base", "");
    Map<String, String> map = DeviceText.pairs(text);
    long base = Durations.millis(map.isEmpty() ? text : DeviceText.value(map, node, "")).orElse(0);
    long max = Durations.millis(parameters.get("pcmk_delay_max"), 0);
    return Math.min(max > base ? base + entropy.below(max - base + 1) : base, MILLIS_MAX);
  }

  private int number(String name, int otherwise) {
    String text = parameter(name, "").strip();
    return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : otherwise;
  }

  private String parameter(String name, String otherwise) {
    return parameters.getOrDefault(name, otherwise);
  }
}
