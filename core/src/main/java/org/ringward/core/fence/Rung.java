package org.ringward.core.fence;

/**
 * The rungs of the ladder, from mild to severe: what makes it certain that a lost node can no
 * longer touch a resource. The lowest that suffices is taken.
 */
public enum Rung {
  CLEAN_LEAVE(true, "the node let go of its resources and left by itself"),
  SURRENDER(true, "the node confirmed over another region that it let go"),
  LEASE_EXPIRED(true, "its lease ran out, and a watchdog bounds how long it may act without one"),
  ACCESS_REVOKED(true, "its access to the storage was revoked"),
  POWER(true, "its power was cut"),
  PERSON(true, "a person confirmed that the node is down");

  private final boolean built;
  private final String sentence;

  Rung(boolean built, String sentence) {
    this.built = built;
    this.sentence = sentence;
  }

  /** Whether this version can produce such a proof. */
  public boolean built() {
    return built;
  }

  /** What it means, for people. */
  public String sentence() {
    return sentence;
  }
}
