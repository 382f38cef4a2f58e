package org.ringward.core.base;

/**
 * Checks of what must hold, always on. A failed check is our bug: it stops the node, which is safe.
 */
public final class Check {
  private Check() {}

  /** Throws {@link Defect} with the message when the condition does not hold. */
  public static void that(boolean condition, String message) {
    if (!condition) {
      throw new Defect(message);
    }
  }
}
