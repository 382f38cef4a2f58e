package org.ringward.cli.demo;

import java.util.function.BooleanSupplier;

/** Waiting for something outside, with a bound. */
final class Patience {
  private Patience() {}

  /**
   * Asks until the condition holds.
   *
   * @param nanos how long at most
   * @param pauseMillis between two questions
   * @return whether it held in time; false also when the thread was interrupted
   */
  static boolean await(long nanos, long pauseMillis, BooleanSupplier condition) {
    long until = System.nanoTime() + nanos;
    try {
      while (!condition.getAsBoolean()) {
        if (System.nanoTime() - until > 0) {
          return false;
        }
        Thread.sleep(pauseMillis);
      }
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
