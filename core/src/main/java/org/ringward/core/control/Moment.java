package org.ringward.core.control;

/**
 * The time of a turn.
 *
 * @param nanos monotonic, arbitrary origin: for deadlines
 * @param wallMillis since 1970: for what people read and for expiries of the policy
 */
public record Moment(long nanos, long wallMillis) {
  public long wallSeconds() {
    return wallMillis / 1000;
  }
}
