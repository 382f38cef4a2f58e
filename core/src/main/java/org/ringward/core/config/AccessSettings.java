package org.ringward.core.config;

import java.util.List;

/**
 * Who besides root may use the ring's local client interface (reference/corosync-conf.md, section
 * 9), as names or numbers of the system.
 */
public record AccessSettings(List<String> users, List<String> groups) {
  /** Nobody besides root. */
  public static final AccessSettings NONE = new AccessSettings(List.of(), List.of());

  public AccessSettings {
    users = List.copyOf(users);
    groups = List.copyOf(groups);
  }
}
