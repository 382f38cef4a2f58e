package org.ringward.core.admin;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The cluster as one node sees it.
 *
 * @param cluster its name
 * @param node the node that answers
 * @param ringState of the Totem machine: operational, gather, commit, recovery
 * @param ring ring id as representative/sequence
 * @param quorate may this side go on
 * @param quorumReason one sentence: votes and what they mean
 * @param coordinator name of the coordinator, null when there is none
 * @param version configuration and status version, admin_epoch.epoch.num_updates
 * @param settled no transition is running and nothing is pending
 * @param nodes every configured node
 * @param resources every configured resource, groups with their members behind them
 * @param failures recent failed operations
 * @param fencing fencing that runs or ran, newest first
 * @param warnings what the operator should know, a sentence each
 * @param guard how the node that answers fares itself
 * @param outlook what would happen to quorum: who wins which split, a sentence each
 * @param wishes moves and bans of operators that are in the configuration
 * @param exercises the last rehearsal and drills that this node was told of, newest first
 */
public record StatusReport(
    String cluster,
    String node,
    String ringState,
    String ring,
    boolean quorate,
    String quorumReason,
    @Nullable String coordinator,
    String version,
    boolean settled,
    List<NodeLine> nodes,
    List<ResourceLine> resources,
    List<FailureLine> failures,
    List<FenceLine> fencing,
    List<String> warnings,
    GuardReport guard,
    List<String> outlook,
    List<WishLine> wishes,
    List<ExerciseLine> exercises)
    implements AdminReply.Report {

  public StatusReport {
    // A daemon before this version does not tell.
    guard = Objects.requireNonNullElse(guard, GuardReport.NONE);
    outlook = outlook == null ? List.of() : List.copyOf(outlook);
    wishes = wishes == null ? List.of() : List.copyOf(wishes);
    exercises = exercises == null ? List.of() : List.copyOf(exercises);
  }

  /** Without word of how the node itself fares, and of what may happen. */
  public StatusReport(
      String cluster,
      String node,
      String ringState,
      String ring,
      boolean quorate,
      String quorumReason,
      @Nullable String coordinator,
      String version,
      boolean settled,
      List<NodeLine> nodes,
      List<ResourceLine> resources,
      List<FailureLine> failures,
      List<FenceLine> fencing,
      List<String> warnings) {
    this(
        cluster,
        node,
        ringState,
        ring,
        quorate,
        quorumReason,
        coordinator,
        version,
        settled,
        nodes,
        resources,
        failures,
        fencing,
        warnings,
        GuardReport.NONE,
        List.of(),
        List.of(),
        List.of());
  }

  /**
   * An exercise.
   *
   * @param kind rehearsal, failover (a drill) or fence (a drill)
   * @param version of the configuration that was exercised
   */
  public record ExerciseLine(String kind, long wallMillis, String version, String sentence) {}

  /**
   * @param state member, pending, unclean, fenced, offline, standby, maintenance (the strongest
   *     that applies)
   * @param detail one sentence, may be empty
   */
  public record NodeLine(
      String name, int id, String state, boolean standby, boolean maintenance, String detail) {}

  /**
   * @param parent the group, clone or bundle it belongs to, null for none
   * @param agent class:provider:type, "group", "clone" or "bundle" for these
   * @param state Started, Stopped, Starting, Stopping, Failed, Blocked, Unknown
   * @param nodes where it is active
   */
  public record ResourceLine(
      String id,
      @Nullable String parent,
      String agent,
      String state,
      List<String> nodes,
      boolean managed,
      String detail) {}

  public record FailureLine(
      String resource,
      String operation,
      String node,
      int exitCode,
      String reason,
      long wallMillis,
      int failCount) {}

  /**
   * @param state running, succeeded, failed; proof is the sentence that makes recovery safe
   */
  public record FenceLine(
      String target, String action, String state, String device, String proof, long wallMillis) {}

  /**
   * A move or a ban.
   *
   * @param kind move or ban
   * @param since ISO 8601, empty when it is not known
   * @param until ISO 8601, empty when it holds until it is cleared
   * @param over whether its end has passed
   */
  public record WishLine(
      String kind,
      String resource,
      String node,
      String author,
      String reason,
      String since,
      String until,
      boolean over) {}
}
