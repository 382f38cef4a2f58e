package org.ringward.core.agent;

/** Exit codes of OCF agents (reference/ecosystem.md, A3). */
public enum OcfExit {
  SUCCESS(0, "ok"),
  GENERIC(1, "error"),
  ARGUMENTS(2, "invalid parameter"),
  UNIMPLEMENTED(3, "unimplemented feature"),
  PERMISSION(4, "insufficient privileges"),
  INSTALLED(5, "not installed"),
  CONFIGURED(6, "not configured"),
  NOT_RUNNING(7, "not running"),
  RUNNING_PROMOTED(8, "promoted"),
  FAILED_PROMOTED(9, "promoted (failed)"),
  DEGRADED(190, "degraded"),
  DEGRADED_PROMOTED(191, "promoted (degraded)");

  private final int number;
  private final String words;

  OcfExit(int number, String words) {
    this.number = number;
    this.words = words;
  }

  public int number() {
    return number;
  }

  /** What the number means, in words; numbers outside the table are an error. */
  public static String words(int exitCode) {
    for (OcfExit exit : values()) {
      if (exit.number == exitCode) {
        return exit.words;
      }
    }
    return "unknown exit code " + exitCode;
  }
}
