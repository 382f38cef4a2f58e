package org.ringward.core.policy.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an instance does, from less to more. */
public enum Role {
  UNKNOWN("Unknown"),
  STOPPED("Stopped"),
  STARTED("Started"),
  UNPROMOTED("Unpromoted"),
  PROMOTED("Promoted");

  private final String text;

  Role(String text) {
    this.text = text;
  }

  /** The role of that name, old names included, in any case; UNKNOWN for null and other words. */
  public static Role of(@Nullable String name) {
    if (name == null) {
      return UNKNOWN;
    }
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "stopped" -> STOPPED;
      case "started" -> STARTED;
      case "unpromoted", "slave" -> UNPROMOTED;
      case "promoted", "master" -> PROMOTED;
      default -> UNKNOWN;
    };
  }

  public boolean atLeast(Role other) {
    return compareTo(other) >= 0;
  }

  public boolean above(Role other) {
    return compareTo(other) > 0;
  }

  /** As Pacemaker writes it. */
  public String text() {
    return text;
  }
}
