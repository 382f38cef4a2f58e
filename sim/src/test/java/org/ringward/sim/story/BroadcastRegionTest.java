package org.ringward.sim.story;

import org.ringward.core.config.RegionSettings.Broadcast;
import org.ringward.core.config.RegionSettings.Medium;

class BroadcastRegionTest extends RegionContract {
  @Override
  Medium medium() {
    return new Broadcast(694, "eth1", true);
  }
}
