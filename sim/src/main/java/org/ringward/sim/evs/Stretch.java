package org.ringward.sim.evs;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A process's time in one regular configuration and the transitional one behind it.
 *
 * @param index how many stretches the process had before
 * @param regular what happened in the regular configuration
 * @param transitional what ended it, null when the process ended before
 * @param rest what happened in the transitional configuration
 * @param next the regular configuration that follows, null when the process did not come to it
 */
record Stretch(
    History process,
    int index,
    Entry.Regular installed,
    List<Entry> regular,
    Entry.@Nullable Transitional transitional,
    List<Entry> rest,
    Entry.@Nullable Regular next) {

  RingId ring() {
    return installed.ring();
  }

  /** Cuts a history into its stretches; what is before the first regular one is left out. */
  static List<Stretch> of(History process) {
    List<Stretch> stretches = new ArrayList<>();
    Entry.Regular installed = null;
    Entry.Transitional transitional = null;
    List<Entry> regular = new ArrayList<>();
    List<Entry> rest = new ArrayList<>();
    for (Entry entry : process.entries()) {
      if (entry instanceof Entry.Regular next) {
        if (installed != null) {
          stretches.add(
              new Stretch(process, stretches.size(), installed, regular, transitional, rest, next));
        }
        installed = next;
        transitional = null;
        regular = new ArrayList<>();
        rest = new ArrayList<>();
      } else if (entry instanceof Entry.Transitional change) {
        transitional = change;
      } else {
        (transitional == null ? regular : rest).add(entry);
      }
    }
    if (installed != null) {
      stretches.add(
          new Stretch(process, stretches.size(), installed, regular, transitional, rest, null));
    }
    return stretches;
  }

  @Override
  public String toString() {
    return process + " in ring " + ring();
  }
}
