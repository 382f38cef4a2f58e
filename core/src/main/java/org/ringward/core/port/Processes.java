package org.ringward.core.port;

/**
 * Runs programs, each in a process group of its own; its end is reported to the node as an input.
 */
public interface Processes {
  /** Starts a program. A program that cannot be started is reported as ended with a start error. */
  void start(long processId, Execution execution);

  /** Sends SIGKILL to the whole process group; the end is reported as for any other process. */
  void kill(long processId);
}
