package org.ringward.cli.setup;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** What is asked of a machine that becomes a node; nothing of it is changed. */
public interface Host {
  /** Its name, as the kernel has it. */
  String name();

  /** The numeric addresses of its interfaces. */
  List<String> addresses();

  /** The numeric addresses that a name stands for here; none when it does not resolve. */
  List<String> resolve(String name);

  /** How its clock is set. */
  ClockState clock();

  /** Its watchdogs: device file and what is known of each. */
  Map<String, String> watchdogs();

  /** The agents that are installed, by class (ocf, stonith, systemd, lsb). */
  Map<String, SortedSet<String>> agents();

  /** Why a UDP port of an address cannot be had; null when it can. */
  @Nullable String udpProblem(String address, int port);

  /** Whether a program listens on that Unix socket. */
  boolean listens(String socket);

  /**
   * A clock.
   *
   * @param kind what can be said
   * @param detail the rest of the sentence
   */
  record ClockState(Kind kind, String detail) {
    /** What can be said of it. */
    public enum Kind {
      SYNCHRONIZED,
      FREE,
      UNKNOWN
    }
  }
}
