package org.ringward.core.agent;

import java.util.regex.Pattern;

/**
 * Names of agents become parts of paths, so they must never lead out of the agents' folders: no
 * slash, no leading dot.
 */
final class AgentName {
  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:@+-]*");

  private AgentName() {}

  static boolean safe(String name) {
    return SAFE.matcher(name).matches();
  }
}
