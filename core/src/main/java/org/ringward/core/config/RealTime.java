package org.ringward.core.config;

/** Should the daemon ask the system for real-time priority and locked memory. */
public enum RealTime {
  /** When it runs as root. */
  AUTO,
  YES,
  NO
}
