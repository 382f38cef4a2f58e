package org.ringward.core.base;

/** Exit codes of commands, the numbers of Pacemaker's tools (reference/ecosystem.md, A5). */
public enum ExitCode {
  OK(0),
  ERROR(1),
  /** A plan or a dry run found changes. */
  CHANGES(2),
  NOT_INSTALLED(5),
  USAGE(64),
  DATA_ERROR(65),
  NO_INPUT(66),
  UNAVAILABLE(69),
  SOFTWARE(70),
  OS_ERROR(71),
  CANNOT_CREATE(73),
  IO_ERROR(74),
  TEMPORARY(75),
  PROTOCOL(76),
  NO_PERMISSION(77),
  CONFIGURATION(78),
  FATAL(100),
  DISCONNECTED(102),
  OLD(103),
  DIGEST(104),
  NO_SUCH_OBJECT(105),
  NO_QUORUM(106),
  UNSAFE(107),
  EXISTS(108),
  TIMEOUT(124);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
