package org.ringward.core.config;

import java.util.List;
import java.util.Locale;

/** The settings of the daemon's log. */
final class LogKeys {
  static final Setting FORM =
      Setting.of(
          "log.form",
          new Setting.Choice(List.of("auto", "text", "json", "journald")),
          "auto",
          "The daemon's log: text or JSON objects on standard error, a line each, or fields sent to"
              + " journald; auto is text, with levels as journald reads them where it does.");

  static final List<Setting> ALL = List.of(FORM);

  private LogKeys() {}

  /** The settings in a section. */
  static LogForm read(SettingsSource.Section section) {
    return LogForm.valueOf(section.text(FORM).toUpperCase(Locale.ROOT));
  }
}
