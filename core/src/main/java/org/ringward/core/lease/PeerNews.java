package org.ringward.core.lease;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.ringward.core.lease.Holder.State;
import org.ringward.core.lease.LeaseEvent.Change;

/** What has changed for a holder since it was told last. */
final class PeerNews {
  /** Adds what is to be told, and remembers that it was. */
  void of(Claim claim, Lease lease, List<LeaseEvent> events) {
    Map<Long, State> before = new TreeMap<>(claim.peers);
    Set<Long> left = recoveryTokens(lease);
    for (Holder holder : lease.holders()) {
      if (!holder.owner().equals(claim.owner)) {
        peer(claim, holder, before.remove(holder.token()), events);
      }
    }
    before
        .keySet()
        .forEach(token -> {
          String node = String.valueOf(claim.peerNodes.remove(token));
          State state = claim.peers.remove(token);
          // One that only read has left nothing; another's end is told with what is to be taken
          // over.
          if (!left.contains(token) || state == State.READ_ONLY) {
            events.add(new LeaseEvent.Peer(Change.LEFT, node, token));
          }
        });
    recoveries(claim, lease, events);
    boolean unsettled = lease.isUnsettled();
    if (claim.unsettled && !unsettled) {
      events.add(new LeaseEvent.Resume());
    }
    claim.unsettled = unsettled;
  }

  private static void peer(
      Claim claim, Holder holder, @Nullable State old, List<LeaseEvent> events) {
    String node = holder.owner().node();
    long token = holder.token();
    State state = holder.state();
    if (old == state) {
      return;
    }
    claim.peers.put(token, state);
    claim.peerNodes.put(token, node);
    if (old == null) {
      events.add(new LeaseEvent.Peer(Change.JOINED, node, token));
    }
    switch (state) {
      case SUSPENDED -> events.add(new LeaseEvent.Suspend(node, token));
      case READ_ONLY -> events.add(new LeaseEvent.Peer(Change.READ_ONLY, node, token));
      case HELD -> {
        if (old != null) {
          events.add(new LeaseEvent.Peer(Change.BACK, node, token));
        }
      }
    }
  }

  private static void recoveries(Claim claim, Lease lease, List<LeaseEvent> events) {
    for (Recovery recovery : lease.recoveries()) {
      boolean yours = recovery.by() == claim.token;
      boolean isNew = claim.recoveries.add(recovery.token());
      boolean newlyYours = yours && claim.ownRecoveries.add(recovery.token());
      if (isNew || newlyYours) {
        events.add(
            new LeaseEvent.Recover(
                yours,
                recovery.owner().node(),
                recovery.token(),
                recovery.proof(),
                recovery.author(),
                recovery.wallMillis()));
      }
    }
    Set<Long> open = recoveryTokens(lease);
    claim.recoveries.retainAll(open);
    claim.ownRecoveries.retainAll(open);
    claim.recovered.retainAll(open);
  }

  private static Set<Long> recoveryTokens(Lease lease) {
    Set<Long> tokens = new TreeSet<>();
    lease.recoveries().forEach(each -> tokens.add(each.token()));
    return tokens;
  }

  /** It holds nothing any more, and will be told everything when it does again. */
  void forget(Claim claim) {
    claim.peers.clear();
    claim.peerNodes.clear();
    claim.recoveries.clear();
    claim.ownRecoveries.clear();
    claim.recovered.clear();
    claim.unsettled = false;
  }
}
