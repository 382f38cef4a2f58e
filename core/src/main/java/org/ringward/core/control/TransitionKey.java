package org.ringward.core.control;

import org.jspecify.annotations.Nullable;

/**
 * Names the action a result belongs to: action:transition:target-rc:coordinator, the form Pacemaker
 * keeps in histories. The coordinator part is unique for a life of a coordinator's daemon.
 */
record TransitionKey(int action, long transition, int targetExitCode, String coordinator) {
  @Override
  public String toString() {
    return action + ":" + transition + ":" + targetExitCode + ":" + coordinator;
  }

  /** The parts of a key, null for text of any other form. */
  static @Nullable TransitionKey parse(String text) {
    String[] parts = text.split(":", 4);
    if (parts.length != 4) {
      return null;
    }
    try {
      return new TransitionKey(
          Integer.parseInt(parts[0]),
          Long.parseLong(parts[1]),
          Integer.parseInt(parts[2]),
          parts[3]);
    } catch (NumberFormatException _) {
      return null;
    }
  }
}
