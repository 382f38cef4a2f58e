package org.ringward.core.config;

import org.jspecify.annotations.Nullable;

/**
 * One key of corosync.conf.
 *
 * @param path sections and key with dots; repeated sections have no number
 * @param type what a value must look like
 * @param otherwise Corosync's default as it would be written, null when the key must be given
 * @param effect what Ringward does with it
 * @param reloadable whether a running node takes a change over
 * @param sentence what it is for, or why it is refused
 */
record CorosyncKey(
    String path,
    Setting.Type type,
    @Nullable String otherwise,
    String unit,
    Effect effect,
    boolean reloadable,
    String sentence) {

  /** What Ringward does with a key. */
  enum Effect {
    /** What Corosync does. */
    HONOURED,
    /** Nothing, which harms nobody. */
    NO_EFFECT,
    /** Ringward does not start with it; its value is checked first, the default is no harm. */
    REFUSED
  }

  /** The key inside its section. */
  String name() {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** The section it lives in. */
  String section() {
    return path.substring(0, Math.max(0, path.lastIndexOf('.')));
  }
}
