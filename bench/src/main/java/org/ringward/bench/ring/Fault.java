package org.ringward.bench.ring;

import java.util.Locale;

/** What happens to the last node, so that the others find out. */
enum Fault {
  /** The daemon gets SIGKILL; its machine goes on. */
  KILL,
  /** The machine's cable is pulled. */
  CUT,
  /** The daemon gets SIGSTOP: nothing answers, nobody says so. */
  STOP;

  static Fault of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
