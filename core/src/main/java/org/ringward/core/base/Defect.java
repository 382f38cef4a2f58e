package org.ringward.core.base;

/** A broken invariant of our own code; never the world's or the operator's fault. */
public final class Defect extends RuntimeException {
  private static final long serialVersionUID = 1;

  public Defect(String message) {
    super(message);
  }
}
