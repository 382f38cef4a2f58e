package org.ringward.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.client.LeaseListener.LeftOver;

/**
 * One resource that this program holds or waits for. Renewed by the client's thread until it is
 * released or lost. All methods may be called by any thread.
 *
 * <p>Before each use of the resource ask {@link #mayUse}, and give {@link #token} to what is used,
 * so that it can refuse an older one: a program may be stopped between asking and using.
 */
public final class LeaseHandle implements AutoCloseable {
  private final LeaseClient client;
  private final int number;
  private final String resource;
  private final LeaseListener listener;
  private final List<LeftOver> toRecover = new ArrayList<>();
  private long token;
  private long expiryNanos;
  private boolean reads;

  /** How often it said that it only reads, and has not been answered: what comes is from before. */
  private int unanswered;

  private @Nullable String over;

  LeaseHandle(LeaseClient client, int number, String resource, LeaseListener listener) {
    this.client = client;
    this.number = number;
    this.resource = resource;
    this.listener = listener;
  }

  LeaseListener listener() {
    return listener;
  }

  int number() {
    return number;
  }

  /** Name of the resource. */
  public String resource() {
    return resource;
  }

  /** The fencing token, 0 while the resource is not held. */
  public synchronized long token() {
    return token;
  }

  /** {@link System#nanoTime} at which the lease ends unless it is renewed; 0 while not held. */
  public synchronized long expiryNanos() {
    return expiryNanos;
  }

  /** Whether the resource may be used now. */
  public synchronized boolean mayUse() {
    return over == null && token != 0 && !reads && System.nanoTime() - expiryNanos < 0;
  }

  /** Why it is over, null while it is not. */
  public synchronized @Nullable String over() {
    return over;
  }

  /** What this program has to take over and has not said to have: oldest first. */
  public synchronized List<LeftOver> toRecover() {
    return List.copyOf(toRecover);
  }

  /**
   * Waits until the resource is held.
   *
   * @return whether it is; false when the time is over
   * @throws LeaseException when it was refused or lost
   */
  public synchronized boolean awaitHeld(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (token == 0) {
      if (over != null) {
        throw new LeaseException(over);
      }
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      wait(left / 1_000_000 + 1);
    }
    return true;
  }

  /** Waits until it is over; false when the time is over. */
  public synchronized boolean awaitOver(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (over == null) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      wait(left / 1_000_000 + 1);
    }
    return true;
  }

  /** This program has lost its access and changes nothing any more; peers take over. */
  public void readOnly(String reason) {
    synchronized (this) {
      if (reads) {
        return;
      }
      reads = true;
      unanswered++;
    }
    client.send(Frames.text(Frames.READ_ONLY, number, reason));
  }

  /** This program has its access back; it will hold the resource again with another token. */
  public void online() {
    synchronized (this) {
      reads = false;
      token = 0;
      expiryNanos = 0;
      toRecover.clear();
    }
    client.send(Frames.empty(Frames.ONLINE, number));
  }

  /** This program has taken over what the holder of that token left. */
  public void recovered(long lostToken) {
    synchronized (this) {
      toRecover.removeIf(each -> each.token() == lostToken);
    }
    client.send(Frames.recovered(number, lostToken));
  }

  /**
   * This program has stopped using the resource; also after it was lost, when it has stopped.
   *
   * @param inOrder nothing is left for others to take over
   */
  public void release(boolean inOrder) {
    end("it was released");
    client.released(this, inOrder);
  }

  /** Releases it in order. */
  @Override
  public void close() {
    release(true);
  }

  // ---- the client's thread

  synchronized void end(String why) {
    if (over == null) {
      over = why;
      notifyAll();
    }
  }

  /** True when it is new. */
  synchronized boolean held(long given, long expiry) {
    if (over != null || reads || unanswered > 0) {
      return false;
    }
    boolean isNew = token != given;
    token = given;
    expiryNanos = expiry;
    notifyAll();
    return isNew;
  }

  /** The daemon has heard that this program only reads: what it says from now on is of later. */
  synchronized void reads() {
    unanswered = Math.max(0, unanswered - 1);
  }

  synchronized void left(boolean yours, LeftOver left) {
    toRecover.removeIf(each -> each.token() == left.token());
    if (yours) {
      toRecover.add(left);
    }
  }

  synchronized boolean isHeld() {
    return over == null && token != 0 && !reads;
  }
}
