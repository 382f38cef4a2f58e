package org.ringward.core.control;

import org.ringward.core.agent.AgentEnvironment;
import org.ringward.core.config.NodeSettings;

/** Where this node's agents live, from its settings. */
final class AgentEnvironments {
  /** Agents mostly wait for their service; more at once than this only slows all of them. */
  private static final int SIMULTANEOUS_MAX = 8;

  private AgentEnvironments() {}

  static AgentEnvironment of(NodeSettings settings) {
    return new AgentEnvironment(
        settings.nodeName(),
        Integer.toString(settings.self().id()),
        settings.paths().ocfRoot(),
        settings.paths().runDir() + "/resource-agents",
        settings.paths().fenceAgentDirs(),
        AgentEnvironment.DEFAULT_SEARCH_PATH,
        AgentEnvironment.QUIET,
        SIMULTANEOUS_MAX);
  }
}
