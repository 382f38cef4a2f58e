package org.ringward.core.fence;

import java.util.List;

/**
 * Where fence agents are and what they are told.
 *
 * @param agentDirs where fence_* programs are looked for, in order
 * @param searchPath PATH of agents
 */
public record FenceEnvironment(List<String> agentDirs, String searchPath) {
  public FenceEnvironment {
    agentDirs = List.copyOf(agentDirs);
  }
}
