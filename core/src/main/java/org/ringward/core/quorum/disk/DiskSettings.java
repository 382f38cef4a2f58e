package org.ringward.core.quorum.disk;

import org.ringward.core.base.NodeSet;
import org.ringward.core.config.DeviceSettings;

/**
 * What one node needs for its part of a quorum disk.
 *
 * @param disk the place of the disk for port.Sectors
 * @param incarnation differs for each start of the node
 * @param nodes ids of all configured nodes, at most 255
 */
public record DiskSettings(
    String cluster,
    int self,
    long incarnation,
    NodeSet nodes,
    int disk,
    DeviceSettings.Disk options) {
  private static final long NANOS_PER_MILLI = 1_000_000;

  long cycleNanos() {
    return options.interval() * NANOS_PER_MILLI;
  }

  /** T of the package's promise. */
  long lostNanos() {
    return options.leaseMillis() * NANOS_PER_MILLI;
  }

  /** From the beginning of a clean cycle; clocks may run apart by half a hundredth each. */
  long leaseNanos() {
    return lostNanos() / 100 * 99;
  }

  long masterWaitNanos() {
    return options.masterWait() * cycleNanos();
  }
}
