package org.ringward.core.policy.placement;

import org.ringward.core.policy.model.LocationPreference;

/** Where scores come from, in words for people. */
final class Sources {
  /** Marks a preference that no constraint stands for. */
  static final String HEALTH = "node-health-strategy";

  /** Marks a preference that comes of what a node reaches; its id says it in full. */
  static final String CONNECTIVITY = "connectivity";

  private Sources() {}

  static String of(LocationPreference preference) {
    if (preference.source().equals(HEALTH)) {
      return HEALTH + " " + preference.id();
    }
    if (preference.source().equals(CONNECTIVITY)) {
      return preference.id();
    }
    String constraint = "location " + preference.source();
    boolean byRule = !preference.id().equals(preference.source());
    return byRule ? constraint + ", rule " + preference.id() : constraint;
  }

  /** What the reading of the history noted under a short name. */
  static String ofFinding(String name) {
    return switch (name) {
      case "__stop_fail__" -> "a stop failed there";
      case "hard-error" -> "an error that lasts on that node";
      case "fatal-error" -> "an error that lasts on all nodes";
      case "__stop_after_failure__" -> "on-fail=stop";
      case "__action_migration_auto__" -> "it failed there";
      case "not_managed_default" -> "unmanaged, and active there";
      case "__multiple_active__" -> "multiple-active=stop_only";
      case "__orphan_do_not_run__" -> "removed from the configuration";
      default -> name;
    };
  }
}
