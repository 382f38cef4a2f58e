package org.ringward.client;

/** Who may hold a resource beside a holder. */
public enum Mode {
  /** Nobody. */
  EXCLUSIVE(1),
  /** Others who share it. */
  SHARED(2);

  private final int number;

  Mode(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
