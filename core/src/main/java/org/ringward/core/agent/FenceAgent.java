package org.ringward.core.agent;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.ringward.core.port.Execution;

/**
 * The contract of fence agents: options as name=value lines on standard input, the result in the
 * exit code (reference/ecosystem.md, A4). Agents are found by their name in the given folders only.
 */
public final class FenceAgent {
  private static final Pattern NAME = Pattern.compile("fence_[A-Za-z0-9_.-]+");

  /** The option with the node that is meant. */
  public static final String NODE = "nodename";

  private FenceAgent() {}

  /** Why no agent can have that name, one sentence; null when it can. */
  public static @Nullable String nameProblem(String name) {
    return NAME.matcher(name).matches() || isPlugin(name)
        ? null
        : ("\"%s\" is not the name of a fence agent; it is given by its name alone, such as"
                + " fence_ipmilan, or for an old stonith plugin as external/ipmi")
            .formatted(name);
  }

  /**
   * Whether that is the name of an external stonith plugin, which is told in its own way what to
   * do, and has no status of a node.
   */
  public static boolean isPlugin(String name) {
    return StonithPlugin.isNamed(name);
  }

  /** Why that agent cannot be used with these options, one sentence; null when it can. */
  public static @Nullable String problem(String name, Map<String, String> options) {
    String problem = nameProblem(name);
    if (problem == null) {
      problem = optionProblem(options);
    }
    return problem == null && isPlugin(name)
        ? StonithPlugin.optionProblem(name, options.keySet())
        : problem;
  }

  /**
   * What an agent says about itself.
   *
   * @param output of its action metadata
   * @throws org.ringward.core.base.OperatorException when that is none
   */
  public static AgentMetadata metadata(String name, String output) {
    return isPlugin(name) ? StonithPlugin.metadata(name, output) : AgentMetadata.parse(output);
  }

  /** What an agent wrote when it was asked for an action, in the form of fence agents. */
  public static String output(String name, String action, String output) {
    return isPlugin(name) ? StonithPlugin.output(action, output) : output;
  }

  /** Why these options cannot be handed over, one sentence; null when they can. */
  public static @Nullable String optionProblem(Map<String, String> options) {
    for (Map.Entry<String, String> option : options.entrySet()) {
      String name = option.getKey();
      if (name.isEmpty() || name.indexOf('=') >= 0 || hasLineBreak(name)) {
        return "an option is named \"%s\"; a name must not be empty or contain = or a line break"
            .formatted(name.replaceAll("\\v", "?"));
      }
      if (hasLineBreak(option.getValue())) {
        return ("the option \"%s\" has a line break in its value;"
                + " fence agents read one line per option")
            .formatted(name);
      }
    }
    return null;
  }

  private static boolean hasLineBreak(String text) {
    return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0 || text.indexOf('\0') >= 0;
  }

  /**
   * The options of a device that its agent is given: all parameters but those the manager itself
   * reads.
   */
  public static Map<String, String> deviceOptions(Map<String, String> parameters) {
    Map<String, String> options = new TreeMap<>();
    parameters.forEach((name, value) -> {
      boolean ours =
          name.equals("action")
              || name.equals("crm_feature_set")
              || name.startsWith("pcmk_")
              || name.startsWith("CRM_meta_");
      if (!ours) {
        options.put(name, value);
      }
    });
    return options;
  }

  /**
   * One run of an agent. Name and options must have no problem (see above).
   *
   * @param directory one of the folders agents may be in
   * @param action as the agent names it
   */
  public static Execution execution(
      String directory, String name, String action, Map<String, String> options, String path) {
    if (isPlugin(name)) {
      return StonithPlugin.execution(directory, name, action, options, path);
    }
    StringBuilder input = new StringBuilder("action=").append(action).append('\n');
    options.forEach((key, value) -> input.append(key).append('=').append(value).append('\n'));
    Map<String, String> environment = new TreeMap<>();
    environment.put("PATH", path);
    environment.put("LC_ALL", "C");
    // The agent's own timeouts would fight ours; this very value turns them off.
    environment.put("PCMK_service", "pacemaker-fenced");
    return new Execution(List.of(directory + "/" + name), environment, input.toString());
  }

  /** The last line an agent wrote to standard error, for people; empty when there is none. */
  public static String complaint(String errors) {
    return LastWords.of(errors, _ -> true);
  }
}
