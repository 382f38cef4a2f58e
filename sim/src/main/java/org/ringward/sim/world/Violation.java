package org.ringward.sim.world;

/** Something that must always hold does not hold; it ends the run. */
public final class Violation extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param invariant the name of the rule
   * @param sentence what was found
   */
  public Violation(String invariant, String sentence) {
    super(invariant + ": " + sentence);
  }

  /** With the exception that shows it. */
  public Violation(String invariant, String sentence, Throwable cause) {
    super(invariant + ": " + sentence, cause);
  }
}
