package org.ringward.sim.faults;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.ringward.core.fence.Rung;

/**
 * The rungs of the fencing ladder that a simulated cluster can be made to do without, so that what
 * the others prove alone is seen.
 */
public enum LadderRung {
  /** No operator shuts the cluster down. */
  LEAVE(Rung.CLEAN_LEAVE),
  /** Nobody is asked to let go. */
  SURRENDER(Rung.SURRENDER),
  /** That a watchdog has run out is no proof. */
  WATCHDOG(Rung.LEASE_EXPIRED),
  /** No device cuts the access to storage. */
  ACCESS(Rung.ACCESS_REVOKED),
  /** No device cuts power. */
  POWER(Rung.POWER),
  /** No person confirms. */
  PERSON(Rung.PERSON);

  private final Rung rung;

  LadderRung(Rung rung) {
    this.rung = rung;
  }

  /** The rung itself. */
  public Rung rung() {
    return rung;
  }

  /** Its name for people. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The rungs of a list with commas, none for an empty one.
   *
   * @throws IllegalArgumentException with a sentence when a name is unknown
   */
  public static Set<LadderRung> parse(String list) {
    Set<LadderRung> rungs = EnumSet.noneOf(LadderRung.class);
    for (String word : list.split(",", -1)) {
      if (!list.isEmpty()) {
        rungs.add(named(word.strip()));
      }
    }
    return Collections.unmodifiableSet(rungs);
  }

  private static LadderRung named(String word) {
    for (LadderRung each : values()) {
      if (each.word().equals(word)) {
        return each;
      }
    }
    throw new IllegalArgumentException("there is no rung \"" + word + "\"; allowed are " + words());
  }

  private static String words() {
    return Arrays.stream(values()).map(LadderRung::word).collect(Collectors.joining(", "));
  }
}
