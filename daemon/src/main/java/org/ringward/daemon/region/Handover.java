package org.ringward.daemon.region;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Things on their way from one thread to one other, in order. There is no lock that the loop could
 * wait for, and nothing is allocated.
 */
final class Handover<T> {
  private final AtomicReferenceArray<@Nullable T> places;

  /** How many were given and taken since the beginning; their difference is what is inside. */
  private final AtomicInteger given = new AtomicInteger();

  private final AtomicInteger taken = new AtomicInteger();
  private volatile @Nullable Thread waiting;

  /**
   * @param room a power of two
   */
  Handover(int room) {
    places = new AtomicReferenceArray<>(room);
  }

  /** For the giving thread; false when there is no room. */
  boolean give(T thing) {
    int number = given.get();
    if (number - taken.get() == places.length()) {
      return false;
    }
    places.set(number & (places.length() - 1), thing);
    given.set(number + 1);
    Thread taker = waiting;
    if (taker != null) {
      LockSupport.unpark(taker);
    }
    return true;
  }

  /** For the taking thread; null when there is nothing. */
  @Nullable T poll() {
    int number = taken.get();
    if (number == given.get()) {
      return null;
    }
    int at = number & (places.length() - 1);
    T thing = places.get(at);
    places.set(at, null);
    taken.set(number + 1);
    return thing;
  }

  /** For the taking thread; waits until there is something. */
  T take() throws InterruptedException {
    while (true) {
      T thing = poll();
      if (thing != null) {
        return thing;
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      waiting = Thread.currentThread();
      if (taken.get() == given.get()) {
        LockSupport.park(this);
      }
      waiting = null;
    }
  }
}
