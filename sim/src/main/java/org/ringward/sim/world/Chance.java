package org.ringward.sim.world;

import java.util.List;
import org.ringward.core.base.Check;
import org.ringward.core.port.Entropy;

/**
 * Seeded randomness as pure arithmetic, the same on every JVM (SplitMix64, Steele, Lea and Flood:
 * "Fast splittable pseudorandom number generators", 2014). Every part of the world forks its own
 * stream, so that a new draw in one part does not change the others.
 */
public final class Chance implements Entropy {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;
  private static final long MILLION = 1_000_000;

  private long state;

  public Chance(long seed) {
    this.state = mix(seed + GAMMA);
  }

  /** The finaliser of SplitMix64: every input bit reaches every output bit. */
  public static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** An independent stream for a part of the world. */
  public Chance fork(String part) {
    return new Chance(next() ^ mix(part.hashCode()));
  }

  /** 64 random bits. */
  public long next() {
    state += GAMMA;
    return mix(state);
  }

  @Override
  public long below(long bound) {
    Check.that(bound > 0, "a random number below a bound that is not positive");
    return Math.unsignedMultiplyHigh(next(), bound);
  }

  /** A number from low to high, both included. */
  public long between(long low, long high) {
    return low + below(high - low + 1);
  }

  /** The same for ints. */
  public int between(int low, int high) {
    return (int) between((long) low, (long) high);
  }

  /** True in that many of a million cases. */
  public boolean inMillion(long cases) {
    return cases > 0 && below(MILLION) < cases;
  }

  /** True once in that many cases on average. */
  public boolean oneIn(long cases) {
    return below(cases) == 0;
  }

  /** One of the list. */
  public <T> T oneOf(List<T> values) {
    return values.get((int) below(values.size()));
  }

  /** One of the given values. */
  @SafeVarargs
  public final <T> T oneOf(T... values) {
    return values[(int) below(values.length)];
  }

  /** Where the stream stands, so that a story in which it is mentioned is the same every time. */
  @Override
  public String toString() {
    return "Chance[%016x]".formatted(state);
  }
}
