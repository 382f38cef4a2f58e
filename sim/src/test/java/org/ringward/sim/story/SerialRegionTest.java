package org.ringward.sim.story;

import java.util.List;
import org.ringward.core.config.RegionSettings.Medium;
import org.ringward.core.config.RegionSettings.Serial;

class SerialRegionTest extends RegionContract {
  @Override
  Medium medium() {
    return new Serial(List.of("/dev/ttyS0", "/dev/ttyS1"), 19_200);
  }
}
