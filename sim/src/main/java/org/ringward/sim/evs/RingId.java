package org.ringward.sim.evs;

/** The name of a regular configuration. */
public record RingId(int representative, long sequence) {
  @Override
  public String toString() {
    return representative + "/" + sequence;
  }
}
