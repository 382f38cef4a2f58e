package org.ringward.core.fence;

import java.util.Locale;

/** What is done to a node by its fencing devices. */
public enum FenceAction {
  OFF,
  REBOOT,
  /** Gives power or access back; proves nothing. */
  ON;

  /** As agents and configurations name it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
