package org.ringward.core.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Element;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.Status;
import org.ringward.core.fence.Rung;
import org.ringward.core.lease.LeaseStep;
import org.ringward.core.lease.LeaseXml;
import org.ringward.core.lease.Leases;
import org.ringward.core.quorum.QuorumVerdict;

/**
 * The leases of applications as a part of the agreed state: an element of our own in the status, so
 * that they are transferred and compared with it, and survive every coordinator.
 */
final class LeaseStates {
  private LeaseStates() {}

  /** Where they are, null when there are none. */
  static @Nullable Element element(ClusterState state) {
    for (Element other : state.cib().status().others()) {
      if (other.name().equals(LeaseXml.ELEMENT)) {
        return other;
      }
    }
    return null;
  }

  static Leases of(ClusterState state) {
    Element element = element(state);
    return element == null ? Leases.NONE : LeaseXml.read(element);
  }

  private static ClusterState with(ClusterState state, Leases before, Leases leases) {
    if (leases.equals(before)) {
      return state;
    }
    Status status = state.cib().status();
    List<Element> others = new ArrayList<>();
    status.others().stream()
        .filter(each -> !each.name().equals(LeaseXml.ELEMENT))
        .forEach(others::add);
    others.add(LeaseXml.write(leases));
    return state.withStatus(new Status(status.nodes(), others));
  }

  static ClusterState applied(ClusterState state, LeaseStep step) {
    Leases before = of(state);
    return with(state, before, before.apply(step));
  }

  /** There is proof that the machine of that life is down, and so all programs on it. */
  static ClusterState down(
      ClusterState state,
      String node,
      String incarnation,
      String proof,
      String author,
      long wallMillis) {
    Leases before = of(state);
    String sentence = proof.replaceAll("\\p{Cntrl}", " ");
    return with(state, before, before.down(node, incarnation, sentence, author, wallMillis));
  }

  /** A fencing succeeded; milder rungs than these do not stop the programs of a node. */
  static ClusterState fenced(ClusterState state, ClusterMessage.FenceResult result) {
    boolean off =
        Stream.of(Rung.POWER, Rung.LEASE_EXPIRED, Rung.PERSON)
            .anyMatch(each -> each.name().equals(result.rung()));
    return off
        ? down(
            state,
            result.target(),
            result.incarnation(),
            result.proof(),
            result.executor(),
            result.wallMillis())
        : state;
  }

  /**
   * Another view: what lost nodes hold is in doubt; everything is when the state comes from the
   * disks of members that have begun anew, because the leases since are not on them.
   */
  static ClusterState members(ClusterState state, boolean remembered) {
    Map<String, String> lives = new TreeMap<>();
    for (NodeState node : state.cib().status().nodes()) {
      if (NodeStates.isMember(node)) {
        lives.put(node.uname(), NodeStates.incarnation(node));
      }
    }
    Leases before = of(state);
    Leases after = before.members(lives);
    return with(state, before, remembered ? after : after.doubted());
  }

  /** Gives what is free to those who wait. */
  static ClusterState settled(ClusterState state) {
    Leases before = of(state);
    return with(state, before, before.settle(state.primary()));
  }

  /**
   * Whether a view may give leases and extend them: nobody else can, because no other side can have
   * quorum, or because all nodes that are not here are proven down. The same on all members. Not
   * before there is a primary ring, with which tokens begin: who knows of no state knows of no
   * other node either.
   */
  static boolean mayGrant(QuorumVerdict verdict, ClusterState state) {
    boolean alone = verdict.isExclusive() && verdict.rule() != QuorumVerdict.Rule.FORCED;
    return verdict.quorate()
        && !state.isBlank()
        && (alone || NodeStates.areOthersDown(state.cib()));
  }
}
