package org.ringward.ring.witness;

/** Lets one thread go on when another says so; nothing is allocated by waiting. */
final class Gate {
  private boolean open;

  /** Who waits, or comes next, goes on. */
  synchronized void open() {
    open = true;
    notifyAll();
  }

  /** Waits until it is opened, and closes it again. */
  synchronized void pass() throws InterruptedException {
    while (!open) {
      wait();
    }
    open = false;
  }
}
