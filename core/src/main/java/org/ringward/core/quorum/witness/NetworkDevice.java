package org.ringward.core.quorum.witness;

import org.ringward.core.quorum.TimedDevice;

/** A quorum device that is reached over a network. Times are monotonic nanoseconds. */
public interface NetworkDevice extends TimedDevice {
  /** Of port.Streams. */
  void opened(long connection, long now);

  /** Of port.Streams. */
  void secured(long connection, long now);

  /** Of port.Streams. */
  void received(long connection, byte[] bytes, int length, long now);

  /** Of port.Streams. */
  void closed(long connection, String why, long now);
}
