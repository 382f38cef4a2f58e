package org.ringward.core.quorum;

/**
 * A quorum device that works between the inputs of the ring. Times are monotonic nanoseconds; what
 * is asked without a time is about the last one that {@link #at} was given.
 */
public interface TimedDevice extends DeviceModel {
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
}
