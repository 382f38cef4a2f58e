package org.ringward.interop.lab;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waiting for something outside, with a bound. */
public final class Patience {
  private Patience() {}

  /** Asks every few milliseconds until the condition holds; false when it did not hold in time. */
  public static boolean await(long seconds, BooleanSupplier condition) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    try {
      while (!condition.getAsBoolean()) {
        if (System.nanoTime() - until > 0) {
          return false;
        }
        Thread.sleep(20);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted", e);
    }
  }
}
