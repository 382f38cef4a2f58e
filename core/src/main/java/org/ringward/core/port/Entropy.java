package org.ringward.core.port;

/** Chance, for random delays only; seeded in the simulator. */
public interface Entropy {
  /** A number from 0 (included) to bound (excluded); bound is positive. */
  long below(long bound);
}
