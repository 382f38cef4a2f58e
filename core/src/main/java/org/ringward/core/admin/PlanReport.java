package org.ringward.core.admin;

import java.util.List;

/**
 * What a configuration means, before or after it was applied.
 *
 * @param version version it was computed against, or the new one when applied
 * @param applied false for a plan
 * @param configurationChanges what differs in the configuration, a line each
 * @param changes what will start, stop, move
 * @param warnings what the operator should know, a sentence each
 */
public record PlanReport(
    String version,
    boolean applied,
    List<String> configurationChanges,
    List<Change> changes,
    List<String> warnings)
    implements AdminReply.Report {

  /**
   * @param action Start, Stop, Move, Restart, Recover, Fence, Probe
   * @param from node, empty when it is not active
   * @param to node, empty when it ends up stopped
   */
  public record Change(String resource, String action, String from, String to, String reason) {}
}
