package org.ringward.core.agent;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where agents are and what every one of them is told.
 *
 * @param nodeName this node
 * @param nodeId this node's id as the cluster writes it
 * @param ocfRoot usually /usr/lib/ocf
 * @param temporaryDir HA_RSCTMP: exists, and is empty after a boot of the machine
 * @param fenceAgentDirs where fence_* programs are looked for, in order
 * @param searchPath PATH of agents
 * @param logging logging variables for agents, see {@link #QUIET}
 * @param simultaneousMax how many agents may run at the same time
 */
public record AgentEnvironment(
    String nodeName,
    String nodeId,
    String ocfRoot,
    String temporaryDir,
    List<String> fenceAgentDirs,
    String searchPath,
    SortedMap<String, String> logging,
    int simultaneousMax) {

  public static final String DEFAULT_SEARCH_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  /**
   * No syslog and no files: agents then log to standard error, which we keep. It saves them a
   * process per line.
   */
  public static final SortedMap<String, String> QUIET =
      Collections.unmodifiableSortedMap(
          new TreeMap<>(Map.of("HA_LOGFACILITY", "none", "PCMK_LOGFACILITY", "none")));

  public AgentEnvironment {
    fenceAgentDirs = List.copyOf(fenceAgentDirs);
    logging = Collections.unmodifiableSortedMap(new TreeMap<>(logging));
  }
}
