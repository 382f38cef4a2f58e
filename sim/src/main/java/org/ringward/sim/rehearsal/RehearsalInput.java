package org.ringward.sim.rehearsal;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.ringward.core.cib.Configuration;
import org.ringward.core.config.NodeSettings;

/**
 * What is rehearsed.
 *
 * @param settings of any node of the cluster
 * @param version of the configuration, for the report
 * @param tookMillis how long operations took last, by resource and action: "web start"
 */
public record RehearsalInput(
    NodeSettings settings,
    Configuration configuration,
    String version,
    Map<String, Long> tookMillis) {
  public RehearsalInput {
    tookMillis = Collections.unmodifiableMap(new TreeMap<>(tookMillis));
  }
}
