package org.ringward.core.config;

/** The form of the daemon's log. */
public enum LogForm {
  /** Lines of text; with their level for journald where systemd reads them. */
  AUTO,
  /** Lines of text with time and level. */
  TEXT,
  /** An object a line. */
  JSON,
  /** Fields, sent to journald itself. */
  JOURNALD
}
