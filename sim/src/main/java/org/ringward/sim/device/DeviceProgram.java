package org.ringward.sim.device;

/**
 * One life of the program that is a quorum device for nodes elsewhere. Times are monotonic
 * nanoseconds of its host.
 */
public interface DeviceProgram {
  /**
   * A machine has connected.
   *
   * @param session number of the connection, positive, never used before
   */
  void accepted(long session, int machine, long now);

  /** Both ends speak TLS now and have shown who they are. */
  void secured(long session, long now);

  void received(long session, byte[] bytes, long now);

  /** The connection is gone, also after {@link DeviceHost#close}. */
  void ended(long session, long now);

  /** Runs what is due; called after inputs too. */
  void turn(long now);

  /** When {@link #turn} is needed next, Long.MAX_VALUE for never. */
  long nextDeadline();

  /** Makes the program of a new life of its host. */
  interface Software {
    DeviceProgram start(DeviceHost host, long now);
  }
}
