package org.ringward.fuzz.engine;

/** Something that must hold does not; thrown by targets. */
public final class Violation extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Violation(String what) {
    super(what);
  }

  /** Throws unless it holds. */
  public static void unless(boolean holds, String what) {
    if (!holds) {
      throw new Violation(what);
    }
  }
}
