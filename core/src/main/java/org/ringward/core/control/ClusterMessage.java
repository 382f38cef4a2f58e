package org.ringward.core.control;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.base.Decision;
import org.ringward.core.cib.CibVersion;
import org.ringward.core.graph.GraphAction;
import org.ringward.core.lease.LeaseStep;

/**
 * What the nodes of a cluster say to each other in the ring's total order. Every node applies the
 * same messages in the same order to its {@link ClusterState}; times are the author's, so that all
 * nodes compute the same.
 */
sealed interface ClusterMessage {

  /**
   * Sent by every member of a new ring: which state it holds, and its own truth about what runs on
   * it.
   *
   * @param ringSequence the ring it is meant for
   * @param incarnation number of this life of the daemon
   * @param blank it has no state at all (new node, or its disk was lost): its vote does not make a
   *     quorum beside nodes that hold state while a node is missing
   * @param damaged it had a state, and the file is damaged: its vote does not make a new cluster
   *     either while a node is missing
   * @param quorum what votequorum says on it
   * @param digest of the whole state
   * @param self its own node_state as XML: what it knows to run on itself
   * @param nodes every node it is configured to know, name by id
   */
  record StateOffer(
      long ringSequence,
      String node,
      long incarnation,
      boolean blank,
      boolean damaged,
      QuorumClaim quorum,
      StateKey key,
      String digest,
      String self,
      Map<String, String> nodes)
      implements ClusterMessage {}

  /** The winner's state for those who hold another one; cib is XML. */
  record StateTransfer(long ringSequence, long primary, String cib) implements ClusterMessage {}

  /**
   * The coordinator wants an action done.
   *
   * @param transitionKey action:transition:target-rc:coordinator, as in Pacemaker's histories
   */
  record ActionRequest(String node, String transitionKey, GraphAction action, long wallMillis)
      implements ClusterMessage {}

  /**
   * An operation ended on a node. Recurring operations report with the key of the request that
   * began them.
   */
  record OperationResult(
      String node,
      String transitionKey,
      GraphAction action,
      int exitCode,
      int status,
      String exitReason,
      long callId,
      long queueMillis,
      long tookMillis,
      long wallMillis)
      implements ClusterMessage {}

  /**
   * Executor shall fence target.
   *
   * @param incarnation the life of the target that shall end, empty when unknown
   * @param unlessProven not needed when there is proof that the target is down by the time the
   *     order is applied
   */
  record FenceOrder(
      long id,
      String target,
      String incarnation,
      String action,
      String executor,
      boolean unlessProven,
      String reason,
      long wallMillis)
      implements ClusterMessage {

    /** Whether the target's whole machine is to end, not only its access to something. */
    boolean endsTarget() {
      return !action.equals("on") && !AccessRung.isAccess(action);
    }
  }

  /**
   * How a fence order ended; rung and proof are set when it succeeded, detail tells the attempts.
   */
  record FenceResult(
      long id,
      String target,
      String incarnation,
      String action,
      String executor,
      boolean succeeded,
      @Nullable String rung,
      String proof,
      String detail,
      long wallMillis)
      implements ClusterMessage {}

  /** The node has handed over everything and may leave the ring. */
  record LeaveOrder(String node, long wallMillis) implements ClusterMessage {}

  /** What an operator wants changed; id is unique with the sender. */
  record OperatorOrder(
      long id,
      AdminRequest.Verb verb,
      String author,
      Map<String, String> options,
      @Nullable String document,
      long wallMillis)
      implements ClusterMessage {}

  /** Votequorum has come to another result on the sender. */
  record QuorumChange(QuorumClaim quorum) implements ClusterMessage {}

  /** The sender has this configuration on disk. */
  record Stored(long primary, CibVersion version) implements ClusterMessage {}

  /**
   * The sender's machine is surely off so long after the members of a view without it, which has
   * quorum, have agreed: its watchdog is fed only while it has quorum or runs nothing.
   *
   * @param incarnation the life of the sender's daemon that promises it
   */
  record Promise(String node, String incarnation, long boundMillis) implements ClusterMessage {}

  /**
   * How much of its ping nodes the sender reaches: core.region.PingNodes.
   *
   * @param incarnation the life of the sender's daemon that says it
   * @param settled it stayed so for a while
   * @param coming at this moment
   */
  record Connectivity(String node, String incarnation, int settled, int coming)
      implements ClusterMessage {}

  /** What an application, or a coordinator's proof, changes of the leases; counts in its view. */
  record LeaseChange(LeaseStep step) implements ClusterMessage {}

  /**
   * What the coordinator decided, or the sender noticed, for everybody's timeline.
   *
   * @param again it is told to those who were away; for the others it is no news
   */
  record Decisions(List<Decision> decisions, boolean again) implements ClusterMessage {
    public Decisions {
      decisions = List.copyOf(decisions);
    }

    Decisions(List<Decision> decisions) {
      this(decisions, false);
    }
  }
}
