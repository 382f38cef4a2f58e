package org.ringward.core.quorum.witness;

import org.ringward.core.quorum.DeviceModel;

/**
 * A quorum device that is reached over a network. Times are monotonic nanoseconds; what is asked
 * without a time is about the last one that {@link #at} was given.
 */
public interface NetworkDevice extends DeviceModel {
  /** Begins to look for the device. */
  void start(long now);

  /** The time from now on. Call it before anything else in an input or a turn. */
  void at(long now);

  /** Runs what is due; call it after all inputs. */
  void turn(long now, long wallMillis);

  /** When {@link #turn} is needed next, Long.MAX_VALUE for never. */
  long nextDeadline();

  /** This node ends orderly and gives the vote back. */
  void leave(long now);

  /** Of port.Streams. */
  void opened(long connection, long now);

  /** Of port.Streams. */
  void secured(long connection, long now);

  /** Of port.Streams. */
  void received(long connection, byte[] bytes, int length, long now);

  /** Of port.Streams. */
  void closed(long connection, String why, long now);
}
