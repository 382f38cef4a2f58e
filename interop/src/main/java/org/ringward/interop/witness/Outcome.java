package org.ringward.interop.witness;

/** How many steps of a story went as they should, and how many did not. */
public record Outcome(int passed, int failed) {
  Outcome plus(Outcome other) {
    return new Outcome(passed + other.passed, failed + other.failed);
  }
}
