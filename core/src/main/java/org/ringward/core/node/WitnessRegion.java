package org.ringward.core.node;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.RegionSettings.Region;
import org.ringward.core.config.RegionSettings.Witness;
import org.ringward.core.port.Heartbeats;
import org.ringward.core.quorum.witness.WitnessDevice;

/**
 * The media of all regions, of which one may be the network witness: its heartbeats go over the
 * quorum device's connection, and the witness passes them on.
 */
final class WitnessRegion implements Heartbeats {
  private static final int NOT_THERE = -1;

  private final Heartbeats others;
  private final int number;
  private @Nullable WitnessDevice witness;

  /** Takes a heartbeat that the witness has passed on. */
  interface Hearer {
    void heard(int region, byte[] bytes, int offset, int length, long nowNanos);
  }

  WitnessRegion(NodeSettings settings, Heartbeats others) {
    this.others = others;
    List<Region> regions = settings.regions().regions();
    int found = NOT_THERE;
    for (int region = 0; region < regions.size(); region++) {
      found = regions.get(region).medium() instanceof Witness ? region : found;
    }
    this.number = found;
  }

  /** Uses this witness; once. */
  void through(WitnessDevice device, Hearer hearer) {
    if (number != NOT_THERE) {
      witness = device;
      device.relayTo(
          (bytes, offset, length, now) -> hearer.heard(number, bytes, offset, length, now));
    }
  }

  @Override
  public void send(int region, int path, byte[] frame, int offset, int length) {
    WitnessDevice device = witness;
    if (region != number) {
      others.send(region, path, frame, offset, length);
    } else if (device != null) {
      device.relay(frame, offset, length);
    }
  }

  @Override
  public @Nullable String trouble(int region) {
    WitnessDevice device = witness;
    return region == number && device != null ? device.trouble() : others.trouble(region);
  }
}
