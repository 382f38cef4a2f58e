package org.ringward.sim.story;

import java.util.Map;
import java.util.TreeMap;
import org.ringward.core.config.RegionSettings.Medium;
import org.ringward.core.config.RegionSettings.Unicast;

class UnicastRegionTest extends RegionContract {
  @Override
  Medium medium() {
    return new Unicast(694, new TreeMap<>(Map.of(1, "10.8.0.1", 2, "10.8.0.2", 3, "10.8.0.3")));
  }
}
