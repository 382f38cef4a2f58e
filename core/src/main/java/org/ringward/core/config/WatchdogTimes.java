package org.ringward.core.config;

/**
 * The times of a node's watchdog: what is configured, and what follows from it and from the ring's
 * times. All in milliseconds.
 *
 * <p>How long a node that the others have lost may live on, counted from the moment at which the
 * others agreed that it is not among them: whoever agrees has let the token go before, so the lost
 * node can see it for at most {@code token} more, and for another {@code token} when it stood still
 * in between without noticing (a longer stall it notices). After that it may feed for {@code
 * lease}, and {@code timeout} later the watchdog resets the machine, by {@code late} later than it
 * should at worst.
 *
 * @param timeout the machine is reset when the watchdog was not fed for this long
 * @param pretimeout the watchdog warns this long before; 0 for never
 * @param feed how often it is fed
 * @param lease the watchdog is fed for this long after the node has seen the token of a ring with
 *     quorum; then it must have stopped everything
 * @param change how long no token of a ring with quorum is seen while the ring is formed anew
 * @param late how much later than its timeout a watchdog may reset
 * @param bound how long after the others agreed to go on without it a node is surely off
 */
public record WatchdogTimes(
    int timeout, int pretimeout, int feed, int lease, int change, int late, int bound) {

  private static final int FEED_MOST = 1000;
  private static final int LATE = 1000;

  /** No shorter time is derived: sbd's default. */
  private static final int TIMEOUT_LEAST_SECONDS = 5;

  /** The times of a watchdog; all that can be 0 are when there is none. */
  public static WatchdogTimes of(WatchdogSettings watchdog, TotemTimes ring) {
    int timeout = watchdog.timeoutSeconds() * 1000;
    return new WatchdogTimes(
        timeout,
        watchdog.pretimeoutSeconds() * 1000,
        feed(timeout),
        ring.token(),
        change(ring),
        LATE,
        timeout == 0 ? 0 : timeout + 3 * ring.token() + LATE);
  }

  /** The shortest timeout in seconds that a change of the ring does not touch. */
  public static int derivedSeconds(TotemTimes ring) {
    int seconds = (change(ring) + FEED_MOST + 1000) / 1000;
    return Math.max(TIMEOUT_LEAST_SECONDS, seconds);
  }

  private static int feed(int timeout) {
    return Math.min(FEED_MOST, timeout / 4);
  }

  /** The token is lost, the members agree, and the new ring recovers. */
  private static int change(TotemTimes ring) {
    return 2 * ring.token() + ring.consensus();
  }
}
