package org.ringward.core.control;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Element;
import org.ringward.core.lease.LeaseBounds;
import org.ringward.core.lease.LeaseDesk;
import org.ringward.core.lease.LeaseXml;
import org.ringward.core.lease.Leases;
import org.ringward.core.quorum.QuorumVerdict;

/** The leases of applications on one node: agreed state, this node's programs, proofs by time. */
final class LeaseOffice {
  private final LeaseDesk desk;
  private final LeaseBounds bounds;
  private @Nullable Element read;
  private Leases leases = Leases.NONE;
  private boolean agreed;
  private boolean grants;

  /**
   * @param send sends in this view only
   */
  LeaseOffice(String node, long incarnation, Consumer<ClusterMessage> send) {
    String life = Long.toUnsignedString(incarnation, 16);
    this.desk =
        new LeaseDesk(node, life, step -> send.accept(new ClusterMessage.LeaseChange(step)));
    this.bounds = new LeaseBounds(node, step -> send.accept(new ClusterMessage.LeaseChange(step)));
  }

  /** The programs of this node. */
  LeaseDesk desk() {
    return desk;
  }

  /** Nothing is agreed any more. */
  void interrupted() {
    agreed = false;
    desk.interrupted();
  }

  /**
   * A view was agreed: what becomes of the state.
   *
   * @param remembered the state was in the memory of a member, see {@link Synchronizer}
   */
  ClusterState agreed(
      ClusterState state,
      long ringSequence,
      QuorumVerdict verdict,
      boolean remembered,
      Moment now) {
    ClusterState members = LeaseStates.members(state, remembered);
    grants = LeaseStates.mayGrant(verdict, members);
    ClusterState settled = grants ? LeaseStates.settled(members) : members;
    agreed = true;
    bounds.view(grants, true, now.nanos());
    desk.agreed(ringSequence, leases(settled), grants);
    return settled;
  }

  /**
   * A message was applied: what becomes of the state.
   *
   * @param own whether it is this node's own
   */
  ClusterState applied(
      ClusterState state, ClusterMessage message, boolean own, QuorumVerdict verdict, Moment now) {
    boolean concerns =
        message instanceof ClusterMessage.LeaseChange
            || message instanceof ClusterMessage.FenceResult
            || message instanceof ClusterMessage.OperatorOrder
            || message instanceof ClusterMessage.LeaveOrder
            || message instanceof ClusterMessage.QuorumChange;
    if (!concerns) {
      return state;
    }
    grants = LeaseStates.mayGrant(verdict, state);
    ClusterState settled = grants ? LeaseStates.settled(state) : state;
    bounds.view(grants, false, now.nanos());
    desk.changed(leases(settled), grants);
    if (own && message instanceof ClusterMessage.LeaseChange change) {
      desk.applied(change.step(), leases);
    }
    return settled;
  }

  /** Read again only when it has changed. */
  private Leases leases(ClusterState state) {
    Element element = LeaseStates.element(state);
    if (element != read) {
      read = element;
      leases = element == null ? Leases.NONE : LeaseXml.read(element);
    }
    return leases;
  }

  void turn(ClusterState state, boolean coordinates, Moment now) {
    desk.turn(now.nanos(), now.wallMillis());
    if (agreed) {
      bounds.turn(leases(state), coordinates, now.nanos(), now.wallMillis());
    }
  }

  long nextDeadline() {
    return Math.min(desk.nextDeadline(), agreed ? bounds.nextDeadline() : Long.MAX_VALUE);
  }
}
