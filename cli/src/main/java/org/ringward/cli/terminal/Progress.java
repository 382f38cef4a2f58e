package org.ringward.cli.terminal;

import java.io.PrintStream;
import java.time.Duration;

/**
 * Tells on standard error that something takes its time: nothing in the first second, then one line
 * that counts seconds on a terminal, or is written once elsewhere. Closing removes the line.
 */
public final class Progress implements AutoCloseable {
  private static final Duration QUIET = Duration.ofSeconds(1);

  private final PrintStream errors;
  private final boolean terminal;
  private final String activity;
  private final Thread teller;
  private boolean shown;

  /**
   * @param activity what is going on, such as "waiting for the cluster"
   */
  public Progress(Environment environment, String activity) {
    this.errors = environment.errors();
    this.terminal = environment.errorsIsTerminal();
    this.activity = activity;
    this.teller = Thread.ofPlatform().daemon().name("progress").start(this::tell);
  }

  private void tell() {
    long seconds = 0;
    try {
      do {
        Thread.sleep(QUIET);
        seconds++;
        show(seconds);
      } while (terminal);
    } catch (InterruptedException _) {
      // closed: there is nothing left to tell
    }
  }

  private synchronized void show(long seconds) {
    if (Thread.currentThread().isInterrupted()) {
      return;
    }
    shown = true;
    if (terminal) {
      errors.print("\r" + activity + " (" + seconds + " s) ");
    } else {
      errors.println(activity + " ...");
    }
    errors.flush();
  }

  @Override
  public synchronized void close() {
    teller.interrupt();
    if (shown && terminal) {
      errors.print("\r\u001b[K");
      errors.flush();
    }
  }
}
