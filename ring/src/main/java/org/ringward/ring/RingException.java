package org.ringward.ring;

/** The ring cannot do what was asked; the message is one sentence that says why. */
public final class RingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public RingException(String sentence) {
    super(sentence);
  }
}
