package org.ringward.interop.lab;

/** The laboratory or what runs in it did not do what it was told; the message says what. */
public final class LabException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public LabException(String message) {
    super(message);
  }

  public LabException(String message, Throwable cause) {
    super(message, cause);
  }
}
