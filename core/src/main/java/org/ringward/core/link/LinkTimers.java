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

  /**
   * The times of a link; those that are not set are derived.
   *
   * @param token the ring's effective token timeout, milliseconds
   */
  static LinkTimers of(Interface link, int token) {
    int pongs = Math.max(1, link.pongCount());
    int interval = link.pingInterval() > 0 ? link.pingInterval() : token / (2 * pongs);
    int timeout = link.pingTimeout() > 0 ? link.pingTimeout() : token / pongs;
    return new LinkTimers(
        Math.max(1, interval) * NANOS_PER_MILLI,
        Math.max(1, timeout) * NANOS_PER_MILLI,
        Math.max(1, link.pingPrecision()),
        pongs);
  }
}
