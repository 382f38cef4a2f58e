package org.ringward.sim.story;

import org.ringward.core.config.RegionSettings.Medium;
import org.ringward.core.config.RegionSettings.Multicast;

class MulticastRegionTest extends RegionContract {
  @Override
  Medium medium() {
    return new Multicast("239.1.1.1", 694, "eth1", 1);
  }
}
