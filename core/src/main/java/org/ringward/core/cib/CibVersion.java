package org.ringward.core.cib;

import java.util.Comparator;

/** Which of two cibs is newer: admin_epoch, then epoch, then num_updates. */
public record CibVersion(long adminEpoch, long epoch, long numUpdates)
    implements Comparable<CibVersion> {
  private static final Comparator<CibVersion> ORDER =
      Comparator.comparingLong(CibVersion::adminEpoch)
          .thenComparingLong(CibVersion::epoch)
          .thenComparingLong(CibVersion::numUpdates);

  public static final CibVersion ZERO = new CibVersion(0, 0, 0);

  @Override
  public int compareTo(CibVersion other) {
    return ORDER.compare(this, other);
  }

  /** After a change of the configuration. */
  public CibVersion nextEpoch() {
    return new CibVersion(adminEpoch, epoch + 1, 0);
  }

  /** After a change of the status. */
  public CibVersion nextUpdate() {
    return new CibVersion(adminEpoch, epoch, numUpdates + 1);
  }

  /** As people write it: 0.7.3. */
  @Override
  public String toString() {
    return adminEpoch + "." + epoch + "." + numUpdates;
  }
}
