package org.ringward.core.link;

import org.ringward.core.config.LinkSettings.Interface;

/**
 * How one link is watched (reference/knet-wire.md, section 5). Times in nanoseconds.
 *
 * @param pingInterval between two regular PINGs
 * @param pingTimeout without PONG for so long: the link is down
 * @param precision samples of the latency's mean
 * @param pongCount a link comes up with the PONG after so many
 */
record LinkTimers(long pingInterval, long pingTimeout, int precision, int pongCount) {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Least derived interval of an only link: its fate changes nothing that the token does not. */
  private static final int ALONE_MILLIS = 500;

  /**
   * The times of a link; those that are not set are derived. As long as there is no other link to
   * turn to, nobody is in a hurry.
   *
   * @param token the ring's effective token timeout, milliseconds
   * @param others whether nodes have other links
   */
  static LinkTimers of(Interface link, int token, boolean others) {
    int pongs = Math.max(1, link.pongCount());
    int least = others ? 1 : ALONE_MILLIS;
    int interval =
        link.pingInterval() > 0 ? link.pingInterval() : Math.max(least, token / (2 * pongs));
    int timeout = link.pingTimeout() > 0 ? link.pingTimeout() : Math.max(2 * least, token / pongs);
    return new LinkTimers(
        Math.max(1, interval) * NANOS_PER_MILLI,
        Math.max(1, timeout) * NANOS_PER_MILLI,
        Math.max(1, link.pingPrecision()),
        pongs);
  }
}
