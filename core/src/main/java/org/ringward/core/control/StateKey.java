package org.ringward.core.control;

import java.util.Comparator;
import org.ringward.core.cib.CibVersion;

/**
 * How advanced a state is.
 *
 * @param primary sequence of the last quorate ring the state took part in. A quorate ring always
 *     contains a node that was in the quorate ring before it and takes the most advanced state of
 *     its members, so primary grows along one line of history, and a state of a minority never wins
 *     over it (the argument of Raft's terms).
 * @param version of the cib within that line
 */
record StateKey(long primary, CibVersion version) implements Comparable<StateKey> {
  private static final Comparator<StateKey> ORDER =
      Comparator.comparingLong(StateKey::primary).thenComparing(StateKey::version);

  @Override
  public int compareTo(StateKey other) {
    return ORDER.compare(this, other);
  }
}
