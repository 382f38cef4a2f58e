package org.ringward.sim.story;

import org.ringward.core.config.RegionSettings.Disk;
import org.ringward.core.config.RegionSettings.Medium;

class DiskRegionTest extends RegionContract {
  @Override
  Medium medium() {
    return new Disk("/dev/sda", false);
  }
}
