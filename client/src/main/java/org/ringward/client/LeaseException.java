package org.ringward.client;

/** The daemon cannot be reached, or refuses what was asked; the message says why. */
public final class LeaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LeaseException(String sentence) {
    super(sentence);
  }
}
