package org.ringward.client;

import java.time.Duration;

/**
 * A candidate for leading, and the leader while it leads: at most one in the cluster at any time,
 * as long as each asks {@link #isLeader} before it acts as one. All methods may be called by any
 * thread.
 */
public final class Election implements AutoCloseable {
  private final LeaseHandle lease;

  Election(LeaseClient client, String name, Duration length, ElectionListener listener) {
    lease =
        client.open(
            name,
            Mode.EXCLUSIVE,
            length,
            new LeaseListener() {
              @Override
              public void waiting(String why) {
                listener.waiting(why);
              }

              @Override
              public void held(long token) {
                listener.elected(token);
              }

              @Override
              public void lost(long untilNanos, String why) {
                listener.deposed(untilNanos, why);
              }
            });
  }

  /** Whether this program leads now. */
  public boolean isLeader() {
    return lease.mayUse();
  }

  /** The term in which it leads or led, 0 before. */
  public long term() {
    return lease.token();
  }

  /**
   * Waits until this program leads.
   *
   * @return whether it does; false when the time is over
   * @throws LeaseException when it cannot any more
   */
  public boolean awaitElected(Duration patience) throws InterruptedException {
    return lease.awaitHeld(patience);
  }

  /** Waits until it does not lead any more; false when the time is over. */
  public boolean awaitDeposed(Duration patience) throws InterruptedException {
    return lease.awaitOver(patience);
  }

  /** It has stopped leading, or wants to no more: the next one may at once. */
  @Override
  public void close() {
    lease.release(true);
  }
}
