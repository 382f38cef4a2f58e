package org.ringward.ring.net;

import org.ringward.ring.os.NativeMemory;
import org.ringward.ring.os.SocketCalls;

/**
 * Ends a thread's sleep in poll: an eventfd, to which is written only while that thread sleeps or
 * is about to.
 */
final class WakeUp {
  private final SocketCalls calls = new SocketCalls();
  private final SocketCalls sleepersCalls = new SocketCalls();
  private final NativeMemory one = new NativeMemory(Long.BYTES);
  private final NativeMemory found = new NativeMemory(Long.BYTES);
  private final int descriptor;
  private volatile boolean woken;
  private volatile boolean sleeping;
  private boolean closed;

  WakeUp() {
    descriptor = calls.eventDescriptor(Linux.EFD_NONBLOCK | Linux.EFD_CLOEXEC);
    if (descriptor < 0) {
      throw new IllegalStateException("no eventfd: " + SocketFailure.reason(descriptor));
    }
    one.bytes().putLong(0, 1);
  }

  int descriptor() {
    return descriptor;
  }

  /** Any thread may call it. */
  void wake() {
    // The sleeper says that it sleeps and then looks whether it was woken; here it is the other way
    // round, so one of the two sees what the other did.
    woken = true;
    if (sleeping) {
      write();
    }
  }

  private synchronized void write() {
    if (!closed) {
      calls.write(descriptor, one.address(0), Long.BYTES);
    }
  }

  /** The sleeper is about to sleep; false when it must not. */
  boolean goToSleep() {
    sleeping = true;
    return !woken;
  }

  /**
   * The sleeper slept, or did not.
   *
   * @param ready whether the descriptor was found ready
   */
  void awake(boolean ready) {
    sleeping = false;
    woken = false;
    if (ready) {
      sleepersCalls.read(descriptor, found.address(0), Long.BYTES);
    }
  }

  synchronized void close() {
    closed = true;
    calls.close(descriptor);
  }
}
