package org.ringward.core.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.ringward.core.port.Execution;

/**
 * The contract of the external stonith plugins of old installations (reference/ecosystem.md, A4):
 * what to do and the node as arguments, parameters in the environment, the result in the exit code.
 * A plugin lists its nodes and tells whether its device answers; whether a node is on it cannot
 * tell.
 */
final class StonithPlugin {
  private static final Pattern NAME = Pattern.compile("external/[A-Za-z0-9_][A-Za-z0-9_.-]*");
  private static final Pattern PARAMETER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** What a program believes of the system around it, and so no parameter. */
  private static final Pattern RESERVED =
      Pattern.compile("PATH|IFS|ENV|BASH_ENV|SHELLOPTS|LC_ALL|LD_.*|PYTHON.*|PERL.*");

  /** Where plugins find the programs that write their logs. */
  private static final String HELPERS = "/usr/share/cluster-glue";

  private static final List<String> ON_NODES = List.of("on", "off", "reset");
  private static final String ACTIONS =
      "<actions><action name=\"on\"/><action name=\"off\"/><action name=\"reboot\"/>"
          + "<action name=\"list\"/><action name=\"monitor\"/><action name=\"metadata\"/></actions>";

  private StonithPlugin() {}

  /** Whether an agent's name means a plugin. */
  static boolean isNamed(String name) {
    return NAME.matcher(name).matches();
  }

  /** Why no plugin can be given these, one sentence; null when it can. */
  static @Nullable String optionProblem(String name, Set<String> options) {
    for (String option : new TreeSet<>(options)) {
      if (!PARAMETER.matcher(option).matches() || RESERVED.matcher(option).matches()) {
        return ("%s is given its parameters as environment variables, and \"%s\" cannot be one;"
                + " allowed are letters, digits and _, and no name that the system uses")
            .formatted(name, option);
      }
    }
    return null;
  }

  /** One run; the node, if one is meant, is the option {@link FenceAgent#NODE}. */
  static Execution execution(
      String directory, String name, String action, Map<String, String> options, String path) {
    String word = word(action);
    Map<String, String> environment = new TreeMap<>(options);
    @Nullable String node = environment.remove(FenceAgent.NODE);
    environment.put("PATH", path + ":" + HELPERS);
    environment.put("LC_ALL", "C");
    List<String> command = new ArrayList<>(List.of(directory + "/" + name, word));
    if (node != null && ON_NODES.contains(word)) {
      command.add(node);
    }
    return new Execution(command, environment, null);
  }

  /** What a plugin calls what fence agents call so. */
  private static String word(String action) {
    return switch (action) {
      case "reboot" -> "reset";
      case "monitor" -> "status";
      case "list" -> "gethosts";
      case "metadata" -> "getinfo-xml";
      default -> action;
    };
  }

  /** A fence agent lists one node a line. */
  static String output(String action, String output) {
    return action.equals("list") ? String.join("\n", output.strip().split("\\s+", -1)) : output;
  }

  /** Of its metadata a plugin prints the parameters alone. */
  static AgentMetadata metadata(String name, String output) {
    String parameters = output.strip().replaceFirst("^<\\?xml[^>]*\\?>", "");
    return AgentMetadata.parse(
        "<resource-agent name=\"%s\">%s%s</resource-agent>".formatted(name, parameters, ACTIONS));
  }
}
