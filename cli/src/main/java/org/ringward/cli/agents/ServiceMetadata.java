package org.ringward.cli.agents;

import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ringward.core.agent.AgentMetadata;

/**
 * What is known of services that take no parameters and answer no question about themselves: init
 * scripts, by the comment that the LSB asks for, and systemd units, by their keys.
 */
final class ServiceMetadata {
  private static final Pattern LSB_BLOCK =
      Pattern.compile("(?ms)^### BEGIN INIT INFO\\s*$(.*?)^### END INIT INFO\\s*$");
  private static final Pattern LSB_LONG =
      Pattern.compile("(?m)^#\\s*Description:(.*(?:\\R#(?:\\t|  ).*)*)");

  private ServiceMetadata() {}

  /**
   * An init script.
   *
   * @param text the script; without the LSB's comment nothing is known but its actions
   */
  static AgentMetadata ofScript(String name, String text) {
    Matcher found = LSB_BLOCK.matcher(text);
    String block = found.find() ? found.group(1) : "";
    Matcher described = LSB_LONG.matcher(block);
    String meaning = described.find() ? described.group(1).replaceAll("\\R#\\s*", " ").strip() : "";
    return metadata(name, value("#\\s*Short-Description:", block), meaning, "status");
  }

  /** A systemd unit. */
  static AgentMetadata ofUnit(String name, String text) {
    return metadata(name, value("Description=", text), value("Documentation=", text), "monitor");
  }

  /** What follows the key on the first line that has it. */
  private static String value(String key, String text) {
    Matcher found = Pattern.compile("(?m)^" + key + "(.*)$").matcher(text);
    return found.find() ? found.group(1).strip() : "";
  }

  private static AgentMetadata metadata(
      String name, String summary, String meaning, String monitor) {
    List<AgentMetadata.Action> actions =
        Stream.of("start", "stop", monitor).map(ServiceMetadata::action).toList();
    return new AgentMetadata(name, "", summary, meaning, List.of(), actions);
  }

  private static AgentMetadata.Action action(String name) {
    OptionalLong none = OptionalLong.empty();
    return new AgentMetadata.Action(name, none, none, none, 0, null, false, false);
  }
}
